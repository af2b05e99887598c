fn main() {
    let pipeline = sayso::Pipeline::builder().threads(std::num::NonZeroUsize::new(1).unwrap()).build().unwrap();
    let mut words = 0;
    let mut n = 0;
    let mut tok = 0;
    let (mut a, mut b, mut c) = (0.0, 0.0, 0.0);
    let args: Vec<String> = std::env::args().collect();
    for e in std::fs::read_dir(&args[1]).unwrap().take(args[2].parse().unwrap()) {
        let p = e.unwrap().path();
        if p.extension().is_none_or(|x| x != "txt") {
            continue;
        }
        let text = String::from_utf8_lossy(&std::fs::read(&p).unwrap()).into_owned();
        words += text.split_whitespace().count();
        n += 1;
        let doc = sayso::Document::from_text(text);
        let t = std::time::Instant::now();
        let seg = sayso::Segmenter::new().segment(&doc);
        a += t.elapsed().as_secs_f64();
        tok += seg.tokens.len();
        let t = std::time::Instant::now();
        let e = pipeline.encoder().encode(&doc, &seg).unwrap();
        b += t.elapsed().as_secs_f64();
        let t = std::time::Instant::now();
        pipeline.analyze(doc).unwrap();
        c += t.elapsed().as_secs_f64();
        std::hint::black_box(e);
    }
    println!("{n} docs {words} words {tok} tokens seg {a:.2} enc {b:.2} all {c:.2}");
}
