//! The `sayso` program.
use std::io::Write;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let writer = sayso::ExampleWriter::new(args[1].as_ref()).unwrap();
    let mut out = std::io::BufWriter::new(std::fs::OpenOptions::new().create(true).write(true).truncate(true).open(&args[2]).unwrap());
    for pair in &args[3..] {
        let (set, path) = pair.split_once('=').unwrap();
        println!("{set} {path} {}", writer.write(set, path.as_ref(), &mut out).unwrap());
    }
    out.flush().unwrap();
}
