//! One fault for each rule that the author's compiler holds sources to, and what it says of it.

pub mod checks;
pub mod law;
pub mod pack;
pub mod regimes;
pub mod terms;

/// A change to the sources in `tests/rules`, and every fault that it makes.
pub struct Fault {
    /// The file that is changed, below the destination's folder.
    pub file: &'static str,
    /// What is replaced …
    pub from: &'static str,
    /// … by this.
    pub to: &'static str,
    /// What the compiler says.
    pub said: &'static [&'static str],
}
