//! Every format on texts written for the purpose; the annotated corpora beside the repository, where they are.

use super::*;
use crate::evaluate::testing::{folder, shared, write};
use crate::{EntityLabel, Span, Upos};

fn check_spans(doc: &GoldDocument) {
    let check = |span: Span| assert!(doc.text.get(span.range()).is_some_and(|text| !text.is_empty()), "{span:?} in {}", doc.name);
    doc.paragraphs.iter().chain(&doc.sentences).copied().for_each(check);
    doc.upos.iter().map(|(span, _)| *span).for_each(check);
    doc.tokens.iter().flatten().copied().for_each(check);
    doc.entities.iter().map(|(span, _)| *span).for_each(check);
    assert!(doc.entities.windows(2).all(|pair| pair[0].0.end() <= pair[1].0.start()), "entities overlap in {}", doc.name);
    for attribution in doc.attributions.iter().chain(doc.alternatives.iter().flatten()) {
        [&attribution.source, &attribution.cue, &attribution.content].into_iter().flatten().copied().for_each(check);
    }
}

#[test]
fn reads_attributions_with_code_points_as_bytes() {
    let folder = folder();
    let line = r#"{"doc": "a", "split": "dev", "publisher": "p", "text": "“Às sete”, said Zoë.\nFollow us.", "attributions":
        [{"source": [[16, 19]], "cue": [[11, 15]], "content": [[0, 9]]}], "discard": [[21, 31]], "alt": [[{"source": [], "cue": [[11, 15]], "content": [[1, 8]]}]]}"#;
    let path = write(folder.path(), "x.jsonl", &line.replace('\n', " "));
    let docs = load(&path).expect("a good file");
    let doc = &docs[0];
    check_spans(doc);
    let words = |spans: &[Span]| spans.iter().map(|&span| doc.slice(span).to_owned()).collect::<Vec<_>>();
    assert_eq!((doc.name.as_str(), doc.genre.as_str(), doc.split.as_str()), ("a", "p", "dev"));
    assert_eq!(words(&doc.attributions[0].source), ["Zoë"]);
    assert_eq!(words(&doc.attributions[0].content), ["“Às sete”"]);
    assert_eq!(words(&doc.discarded), ["Follow us."]);
    assert_eq!(words(&doc.alternatives[0][0].content), ["Às sete"]);
    assert!(!doc.layers.mentions && doc.layers.attributions);
}

#[test]
fn names_the_line_of_a_wrong_span() {
    let folder = folder();
    let good = r#"{"doc": "a", "text": "ab", "attributions": []}"#;
    let wrong = r#"{"doc": "b", "text": "ab", "attributions": [{"content": [[1, 3]]}]}"#;
    let path = write(folder.path(), "x.jsonl", &format!("{good}\n\n{wrong}\n"));
    let error = load(&path).expect_err("the span is too long");
    assert_eq!(error.path(), Some(path.as_path()));
    assert!(error.to_string().ends_with("line 3: the span 1..3 does not fit its text"), "{error}");
    let error = load(write(folder.path(), "y.jsonl", "{")).expect_err("not JSON");
    assert!(error.to_string().contains("line 1: "), "{error}");
}

#[test]
fn reads_token_files_with_windows_line_ends() {
    let folder = folder();
    let tagged = "http://a.b/1\tO\n\n``\tO\nLake\tB-Location\tB-Person\nChad\tI-Location\n''\tO\nsinks\tO\n,\tO\nLagos\tS-Location\nmissing\tB-Person\n";
    write(folder.path(), "dev/af_x_1.tsv", tagged);
    write(folder.path(), "dev/af_x_1.txt", "http://a.b/1\r\n\r\n“Lake Chad” sinks, Lagos\r\n");
    write(folder.path(), "dev/lost.tsv", "a\tO\n");
    let docs = load(folder.path().join("dev")).expect("a good folder");
    assert_eq!(docs.len(), 1);
    let doc = &docs[0];
    check_spans(doc);
    let found: Vec<_> = doc.entities.iter().map(|(span, label)| (doc.slice(*span), *label)).collect();
    assert_eq!(found, [("Lake Chad", EntityLabel::Location), ("Lagos", EntityLabel::Location)]);
    assert_eq!((doc.unaligned(), doc.genre.as_str(), doc.split.as_str()), (1, "af_x", "dev"));
}

const SENTENCES: &str = "\
# newdoc id = GUM_news_lamp
# newpar
# sent_id = 1
# text = Lamps don't burn.
1\tLamps\tlamp\tNOUN\t_\t_\t_\t_\t_\t_
2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdo\tdo\tAUX\t_\t_\t_\t_\t_\t_
3\tn't\tnot\tPART\t_\t_\t_\t_\t_\t_
3.1\tghost\t_\tVERB\t_\t_\t_\t_\t_\t_
4\tburn\tburn\tVERB\t_\t_\t_\t_\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t_\t_\t_\t_\t_\tEntity=1|SpaceAfter=No

# text = Why?
1\tWhy\twhy\tADV\t_\t_\t_\t_\t_\tSpaceAfter=No
2\t?\t?\tPUNCT\t_\t_\t_\t_\t_\t_

# newpar
# text = End
1\tEnd\tend\tNOUN\t_\t_\t_\t_\t_\t_

# newdoc id = GUM_reddit_hidden
# text = __ __
1\t__\t_\tNOUN\t_\t_\t_\t_\t_\t_
2\t__\t_\tNOUN\t_\t_\t_\t_\t_\t_
";

#[test]
fn rebuilds_text_from_conllu() {
    let folder = folder();
    write(folder.path(), "splits.md", "# Splits\n\n## dev\n\n  * GUM_news_lamp\n");
    let path = write(folder.path(), "dep/lamp.conllu", SENTENCES);
    let docs = load(&path).expect("a good file");
    assert_eq!(docs.len(), 1, "withheld texts are left out");
    let doc = &docs[0];
    check_spans(doc);
    assert_eq!(doc.text, "Lamps don't burn.Why?\n\nEnd");
    let words: Vec<_> = doc.upos.iter().map(|(span, _)| doc.slice(*span)).collect();
    assert_eq!(words, ["Lamps", "do", "n't", "burn", ".", "Why", "?", "End"]);
    assert_eq!(doc.upos[2].1, Upos::Part);
    assert_eq!((doc.sentences.len(), doc.paragraphs.len()), (3, 2));
    assert_eq!((doc.genre.as_str(), doc.split.as_str()), ("news", "dev"));
    let wrong = write(folder.path(), "dep/wrong.conllu", "# text = a b\n1\ta\t_\tX\n2\tc\t_\tX\n\n");
    let error = load(&wrong).expect_err("c is not in the text");
    assert!(error.to_string().contains("line 4: the word \"c\""), "{error}");
}

#[test]
fn reads_sentences_of_two_columns() {
    let folder = folder();
    let rows = "Ann\tB-politician\nLee\tI-politician\nwon\tO\nthe\tO\nvote\tB-election\n.\tO\n\nPole\tB-misc\n";
    let docs = load(write(folder.path(), "politics/dev.txt", rows)).expect("a good file");
    assert_eq!(docs.iter().map(|doc| doc.text.as_str()).collect::<Vec<_>>(), ["Ann Lee won the vote.", "Pole"]);
    let found: Vec<_> = docs[0].entities.iter().map(|(span, label)| (docs[0].slice(*span), *label)).collect();
    assert_eq!(found, [("Ann Lee", EntityLabel::Person), ("vote", EntityLabel::Misc)]);
    assert_eq!((docs[1].entities.len(), docs[1].unsure.len(), docs[1].name.as_str()), (0, 1, "politics_dev_2"));
    assert_eq!(docs[0].entity_labels, [EntityLabel::Person, EntityLabel::Organization, EntityLabel::Location]);
    let tweet = load(write(folder.path(), "btc.dev", "@\tB-PER\nzoe\tB-PER\nhi\tO\n")).expect("a good file");
    assert_eq!((tweet[0].text.as_str(), tweet[0].entities.len()), ("@zoe hi", 1));
    let error = load(write(folder.path(), "x.conll", "a\tO\nb\tB-spam\n")).expect_err("an unknown label");
    assert!(error.to_string().contains("line 2: unknown tag \"B-spam\""), "{error}");
    let error = load(write(folder.path(), "article.txt", "Just an article.")).expect_err("not annotated");
    assert!(error.hint().is_some());
}

#[test]
fn settles_nested_and_nominal_mentions() {
    let folder = folder();
    let text = "The Mayor of Ulm met rebels on Monday";
    write(folder.path(), "set/documents.json", &format!("{{\"_id\": \"d\", \"text\": \"{text}\"}}\n"));
    let entity = |begin: usize, end: usize, kind: &str| {
        let value = text.get(begin..end).expect("the text is ASCII");
        format!("{{\"documentId\": \"d\", \"begin\": {begin}, \"end\": {end}, \"type\": \"{kind}\", \"value\": \"{value}\"}}\n")
    };
    let entities = [entity(13, 16, "Location"), entity(0, 16, "Person"), entity(21, 27, "Organisation"), entity(31, 37, "Temporal")];
    write(folder.path(), "set/entities.json", &entities.concat());
    let docs = load(folder.path()).expect("a folder of folders");
    let found: Vec<_> = docs[0].entities.iter().map(|(span, label)| (docs[0].slice(*span), *label)).collect();
    assert_eq!(found, [("The Mayor of Ulm", EntityLabel::Person), ("Monday", EntityLabel::Date)]);
    assert_eq!(docs[0].unsure.iter().map(|span| docs[0].slice(*span)).collect::<Vec<_>>(), ["rebels"]);
}

#[test]
fn reads_quotations_with_speakers() {
    let folder = folder();
    write(folder.path(), "a.txt", "“Né”, said Ann.");
    let json = r#"{"file": "a.txt", "quotations": [{"content": {"start": 0, "end": 4}, "alt_content": [[{"start": 1, "end": 3}]],
        "speaker": "Ann Lee", "speaker_alt": ["Lee"], "kind": "direct", "source_type": "name"}],
        "borderline_not_counted": [{"span": {"start": 6, "end": 10}}, {}]}"#;
    let docs = load(write(folder.path(), "a.json", json)).expect("a good file");
    let quotation = &docs[0].quotations[0];
    assert_eq!(docs[0].slice(quotation.contents[1][0]), "Né");
    assert_eq!(docs[0].slice(docs[0].borderline[0]), "said");
    assert_eq!((quotation.speakers.len(), quotation.is_core), (2, true));
}

#[test]
fn reads_every_shared_corpus() {
    let sets = [
        ("polnear/dev.jsonl", 84),
        ("polnear/train.jsonl", 840),
        ("gum_attribution/train.jsonl", 202),
        ("gum_attribution/test_public.jsonl", 23),
        ("worldwide/dev", 106),
        ("worldwide/test_public", 202),
        ("worldwide/train", 594),
        ("gum/dep", 0),
        ("ud_ewt/en_ewt-ud-dev.conllu", 0),
        ("ud_ewt/en_ewt-ud-test.conllu", 0),
        ("ud_ewt/en_ewt-ud-train.rebuilt.conllu", 0),
        ("re3d", 77),
        ("wnut17/wnut17train.conll", 0),
        ("wnut17/emerging.dev.conll", 0),
        ("wnut17/emerging.test.annotated", 0),
        ("btc/train_dev_test_conll/btc.train", 0),
        ("crossner/ner_data/politics/train.txt", 200),
        ("crossner/ner_data/literature/train.txt", 100),
    ];
    for (path, count) in sets {
        let Some(path) = shared(&format!("data/{path}")) else { continue };
        let docs = load(&path).unwrap_or_else(|error| panic!("{error}"));
        assert!(!docs.is_empty() && (count == 0 || docs.len() == count), "{} documents in {}", docs.len(), path.display());
        docs.iter().for_each(check_spans);
        let sum = |count: fn(&GoldDocument) -> usize| docs.iter().map(count).sum::<usize>();
        eprintln!(
            "{}: {} documents, {} tokens ({} unaligned), {} entities, {} unsure, {} tagged words, {} sentences, {} paragraphs",
            path.display(),
            docs.len(),
            sum(|doc| doc.tokens.len()),
            sum(GoldDocument::unaligned),
            sum(|doc| doc.entities.len()),
            sum(|doc| doc.unsure.len()),
            sum(|doc| doc.upos.len()),
            sum(|doc| doc.sentences.len()),
            sum(|doc| doc.paragraphs.len()),
        );
    }
}

#[test]
fn adopts_the_layers_of_the_same_text() {
    let folder = folder();
    let line = r#"{"doc": "GUM_news_lamp", "text": "Lamps don't burn.Why?\n\nEnd\n", "attributions": [{"cue": [[0, 5]]}]}"#;
    let mut docs = load(write(folder.path(), "x.jsonl", line)).expect("a good file");
    let words = load(write(folder.path(), "lamp.conllu", SENTENCES)).expect("a good file");
    assert!(docs[0].adopt(words[0].clone()));
    check_spans(&docs[0]);
    assert!(docs[0].layers.upos && docs[0].layers.attributions && docs[0].upos.len() == 8 && docs[0].attributions.len() == 1);
    assert!(!docs[0].adopt(GoldDocument::default()));
}

#[test]
fn gum_attributions_stand_on_the_conllu_texts() {
    let (Some(attributions), Some(words)) = (shared("data/gum_attribution/train.jsonl"), shared("data/gum/dep")) else { return };
    let words = load(words).expect("good gold");
    for mut doc in load(attributions).expect("good gold") {
        // Reddit texts are withheld in CoNLL-U.
        let Some(same) = words.iter().find(|words| words.name == doc.name) else { continue };
        let sentences = doc.sentences.clone();
        assert!(doc.adopt(same.clone()), "{} has two texts", doc.name);
        assert_eq!(sentences, same.sentences, "{}", doc.name);
    }
}

#[test]
fn reads_pronouns_with_two_names() {
    let folder = folder();
    let head = "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL";
    let line = "dev-1\tZoë met Ana Lind before she left.\tshe\t24\tZoë\t0\tFALSE\tAna Lind\t8\tTRUE\thttp://a.b/1";
    let docs = load(write(folder.path(), "gap.tsv", &format!("{head}\n{line}\n"))).expect("a good file");
    let mentions: Vec<(&str, &str)> =
        docs[0].mentions.iter().map(|mention| (docs[0].slice(mention.span), mention.entity.as_str())).collect();
    assert_eq!(mentions, [("she", "B"), ("Zoë", "A"), ("Ana Lind", "B")]);
    assert!(docs[0].layers.pronouns);
    let error = load(write(folder.path(), "x.tsv", &format!("{head}\n{}\n", line.replace("\t24\t", "\tx\t")))).expect_err("no offset");
    assert!(error.to_string().contains("line 2: \"x\" is no offset"), "{error}");
}

#[test]
fn reads_chains_with_and_without_their_text() {
    let folder = folder();
    let chains = "# begin document a\n0\tAna\t(1\n1\tLind\t1)\n2\tleft\t_\n3\t,\t_\n4\tshe\t(1)|(2\n5\tsaid\t2)\n# end document\n";
    let names = |doc: &GoldDocument| -> Vec<String> {
        doc.mentions.iter().map(|mention| format!("{}={}", doc.slice(mention.span), mention.entity)).collect()
    };
    let alone = load(write(folder.path(), "alone/a.conll", chains)).expect("a good file");
    assert_eq!(alone[0].text, "Ana Lind left, she said");
    assert_eq!(names(&alone[0]), ["Ana Lind=1", "she said=2", "she=1"]);
    let dep = "# newdoc id = a\n# text = Ana Lind left,  she said\n1\tAna\t_\tPROPN\n2\tLind\t_\tPROPN\n3\tleft\t_\tVERB\n4\t,\t_\tPUNCT\n5\tshe\t_\tPRON\n6\tsaid\t_\tVERB\n\n";
    write(folder.path(), "dep/a.conllu", dep);
    let beside = load(write(folder.path(), "coref/a.conll", chains)).expect("a good file");
    assert_eq!(beside[0].text, "Ana Lind left,  she said");
    assert_eq!(names(&beside[0]), ["Ana Lind=1", "she said=2", "she=1"]);
    assert!(beside[0].layers.chains && beside[0].layers.upos);
}
