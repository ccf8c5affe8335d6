//! Checks: restrictions, identity, and those of regimes.

use super::law::text;
use super::markdown::code;
use super::{Page, Table, days};
use crate::author::section::Section;
use crate::codes::Country;
use crate::pack::Check;
use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

/// The files whose checks run whatever the regime, in the order that a pack has them.
const FILES: [&str; 3] = ["restrictions.toml", "identity.toml", "terms.toml"];

impl Page<'_> {
    pub(super) fn restrictions(&self) -> String {
        let files: Vec<_> = FILES.iter().filter_map(|name| self.file(name)).collect();
        let roots: Vec<_> = files.iter().map(|file| file.section(&self.faults)).collect();
        let sections: Vec<Section<'_>> = roots.iter().flat_map(|root| root.sections("check")).collect();
        format!("## Restrictions and identity\n\n{}", self.notices(&self.compiled.pack.checks, &sections))
    }

    /// A table of checks, each with its formula as it is written; nothing for none.
    pub(super) fn notices(&self, checks: &[Check], sections: &[Section<'_>]) -> String {
        if checks.is_empty() {
            return String::new();
        }
        let mut table = Table::new(&["what", "finding", "channels", "codes", "origins", "from", "to", "when", "law"]);
        for check in checks {
            let section = sections.iter().find(|section| text(section, "id") == check.id);
            let when = section.map(|section| code(&text(section, "when"))).unwrap_or_default();
            let channels = check.channels.iter().filter_map(|number| self.compiled.pack.channels.get(usize::from(*number)));
            let [from, to] = days(check.interval);
            let estimated = if check.notice.estimated { ", an estimate" } else { "" };
            table.row(std::vec![
                self.label("check", &check.id),
                format!("{} {}{estimated}", check.notice.level.name(), code(check.notice.code.name())),
                channels.map(|channel| channel.id.as_str()).collect::<Vec<_>>().join(", "),
                check.hs.join(" "),
                check.origins.iter().map(Country::code).collect::<Vec<_>>().join(" "),
                from,
                to,
                when,
                self.citations(&check.notice.citations).to_string(),
            ]);
        }
        table.text()
    }
}
