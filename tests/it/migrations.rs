//! A shipped migration is never edited: a database that has run it would not know.

use sha2::{Digest, Sha256};

/// Each file as it was shipped.
const SHIPPED: &[(&str, &str)] = &[
    ("postgres/0001_spine.sql", "ff56e73ebc5ffe94"),
    ("postgres/0002_history.sql", "a0091e57e2098caf"),
    ("postgres/0003_withdrawn.sql", "0dfc61b13cb72fdc"),
    ("postgres/0004_session.sql", "98dafef466fe7075"),
    ("postgres/0005_population.sql", "cc2b59a219405768"),
    ("postgres/0006_people.sql", "8f0da3f22796a913"),
    ("postgres/0008_moderation.sql", "6e9fa831c32ddf9a"),
    ("postgres/0010_retention.sql", "fadf597d8445117f"),
    ("postgres/0011_access.sql", "630681003792e5f3"),
    ("postgres/0012_photos.sql", "6309476fd16a8a78"),
    ("postgres/0014_factors.sql", "fa0ade78d6e53388"),
    ("sqlite/0001_spine.sql", "f0d461a76168fff7"),
    ("sqlite/0002_history.sql", "a0091e57e2098caf"),
    ("sqlite/0003_withdrawn.sql", "0dfc61b13cb72fdc"),
    ("sqlite/0004_session.sql", "49b199d4e3ed33b3"),
    ("sqlite/0005_population.sql", "7389fa63e7f5f534"),
    ("sqlite/0006_people.sql", "395e06c753f3ea64"),
    ("sqlite/0008_moderation.sql", "25fb568e0cc89000"),
    ("sqlite/0010_retention.sql", "4f9c127441ff484b"),
    ("sqlite/0011_access.sql", "97f911055907baca"),
    ("sqlite/0012_photos.sql", "be32ba0af5efdae1"),
    ("sqlite/0014_factors.sql", "aef0c814ed4b9a02"),
];

#[test]
fn shipped_migrations_are_as_they_were() {
    let mut found = Vec::new();
    for engine in ["sqlite", "postgres"] {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations").to_owned() + "/" + engine;
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let digest = Sha256::digest(std::fs::read(&path).unwrap());
            let hash = lykta::app::keys::hex(&digest[..8]);
            found.push((format!("{engine}/{}", path.file_name().unwrap().to_string_lossy()), hash));
        }
    }
    found.sort();
    let shipped: Vec<(String, String)> = SHIPPED.iter().map(|(name, hash)| ((*name).to_owned(), (*hash).to_owned())).collect();
    assert_eq!(found, shipped, "edit no shipped migration: write the next one, and add it here");
}
