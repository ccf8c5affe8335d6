//! Packs that are cut, damaged or wrong: each is refused whole with its code, and nothing panics, whatever the bytes are.
#![cfg(feature = "author")]
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test may fail loudly")]

mod made_up;

use made_up::pack;
use preclear::author::encode::encode;
use preclear::engine::Engine;
use preclear::pack::{PackError, decode};
use preclear::wire::{basket, json};
use proptest::prelude::*;
use sha2::{Digest, Sha256};

/// Magic, version, length and hash.
const HEADER: usize = 42;

fn made_up_basket() -> preclear::basket::Basket {
    basket::read(&json::read(made_up::BASKET.as_bytes()).unwrap()).unwrap()
}

/// The bytes with the hash of whatever their body now is: damage that the hash does not show.
fn rehashed(mut bytes: Vec<u8>) -> Vec<u8> {
    let hash = Sha256::digest(&bytes[HEADER..]);
    bytes[10..HEADER].copy_from_slice(&hash);
    bytes
}

#[test]
fn the_pack_itself_is_right() {
    let bytes = encode(&pack());
    assert_eq!(decode(&bytes), Ok(pack()));
    let mut engine = Engine::new();
    engine.add_pack(&bytes).unwrap();
    // (20 + 3 × 20/27) × 0.15 and (7 + 3 × 7/27) × 0.2, freight shared by price: 22.22 and 7.78.
    let (quote, _) = engine.quote(&made_up_basket());
    assert_eq!(quote.amounts.map(|amounts| amounts.taxes.normalize().to_string()).as_deref(), Some("4.89"), "{:?}", quote.findings);
}

#[test]
fn a_pack_cut_anywhere_is_truncated() {
    let bytes = encode(&pack());
    for length in 0..bytes.len() {
        let expected = if length < 4 { PackError::NotAPack } else { PackError::Truncated };
        assert_eq!(decode(&bytes[..length]), Err(expected), "{length}");
    }
    let mut longer = bytes;
    longer.push(0);
    assert_eq!(decode(&longer), Err(PackError::Truncated));
}

#[test]
fn a_pack_with_any_bit_flipped_is_refused() {
    let bytes = encode(&pack());
    for place in 0..bytes.len() {
        for bit in 0..8 {
            let mut damaged = bytes.clone();
            damaged[place] ^= 1 << bit;
            let expected = match place {
                0..4 => PackError::NotAPack,
                4..6 => PackError::Newer,
                6..10 => PackError::Truncated,
                _ => PackError::Damaged,
            };
            assert_eq!(decode(&damaged), Err(expected), "byte {place}, bit {bit}");
        }
    }
}

#[test]
fn a_refused_pack_leaves_the_engine_as_it_was() {
    let bytes = encode(&pack());
    let mut engine = Engine::new();
    engine.add_pack(&bytes).unwrap();
    let mut damaged = bytes;
    *damaged.last_mut().unwrap() ^= 1;
    assert_eq!(engine.add_pack(&damaged).map(|_| ()), Err(PackError::Damaged));
    assert_eq!(engine.packs().len(), 1);
    assert_eq!(engine.packs()[0].pack, pack());
}

/// Somebody who can change the body can change the hash. The bytes may then be a pack of other rules, but they never crash the reader or the engine.
#[test]
fn a_pack_with_a_changed_body_and_its_hash_never_panics() {
    let bytes = encode(&pack());
    let basket = made_up_basket();
    let (mut refused, mut read) = (0, 0);
    for place in HEADER..bytes.len() {
        for value in [0, 1, 0x7f, 0x80, 0xff, bytes[place].wrapping_add(1), bytes[place] ^ 0x40] {
            let mut changed = bytes.clone();
            changed[place] = value;
            let mut engine = Engine::new();
            match engine.add_pack(&rehashed(changed)) {
                Ok(_) => read += 1,
                Err(error) => {
                    assert_eq!(error, PackError::Malformed);
                    refused += 1;
                }
            }
            let _ = engine.quote(&basket);
        }
    }
    assert!(refused > 100 && read > 100, "{refused} refused, {read} read");
}

proptest! {
    #[test]
    fn any_body_is_read_or_malformed(body in proptest::collection::vec(any::<u8>(), 0..300)) {
        let mut bytes = encode(&pack())[..HEADER].to_vec();
        bytes[6..10].copy_from_slice(&u32::try_from(body.len()).unwrap().to_le_bytes());
        bytes.extend(body);
        let read = decode(&rehashed(bytes));
        prop_assert!(matches!(read, Ok(_) | Err(PackError::Malformed)));
    }

    #[test]
    fn any_bytes_are_no_pack(bytes in any::<Vec<u8>>()) {
        prop_assert!(decode(&bytes).is_err());
    }
}
