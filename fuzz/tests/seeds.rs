//! Every seed of every target, and every input that once was a find.

use std::path::Path;

#[test]
fn seeds_hold() {
    for (name, target) in sayso_fuzz::TARGETS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(name);
        let mut seeds: Vec<_> = std::fs::read_dir(&folder).expect(name).map(|entry| entry.expect(name).path()).collect();
        seeds.sort();
        assert!(seeds.len() > 1, "{name} has no seeds");
        for seed in seeds {
            let data = std::fs::read(&seed).expect("a seed");
            assert!(std::panic::catch_unwind(|| target(&data)).is_ok(), "{}", seed.display());
        }
    }
}
