"""Writes tiny models with random weights, one folder for each family that sayso reads, with what PyTorch makes of a few sentences.

    python tests/families.py target/families corpus

`DIR/FAMILY-labels` are token classification models, `DIR/FAMILY-vectors` sentence models; expected.json holds ids and numbers.
Needs torch, transformers and tokenizers; the vocabularies are learnt from the sample articles.
"""

import json
import os
import sys
from pathlib import Path

sys.setdlopenflags(os.RTLD_LAZY)  # PyTorch's CUDA half is there, CUDA need not be

import torch
import transformers as hf
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

LABELS = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-MISC", "I-MISC"]
TEXTS = [
    "Ambrose Okello, governor of Busia, argued in Nairobi that hospitals must stay.",
    "Rain came.",
    "“Devolution is not a comma in the Constitution,” said the Ministry of Health, which won't yield to new masters.",
]
SMALL = dict(hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=48, initializer_range=0.2)


def word_pieces(files, path):
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=False)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    tokenizer.train(files, trainers.WordPieceTrainer(vocab_size=400, special_tokens=special, show_progress=False))
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    words = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    (path / "vocab.txt").write_text("\n".join(word for word, _ in words) + "\n", encoding="utf-8")
    (path / "tokenizer_config.json").write_text(json.dumps({"do_lower_case": False}))
    return tokenizer


def byte_level(files, path):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    tokenizer.train(files, trainers.BpeTrainer(vocab_size=500, special_tokens=special, initial_alphabet=alphabet, show_progress=False))
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), trim_offsets=True, add_prefix_space=False)
    return tokenizer


def sentence_pieces(files, path):
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    tokenizer.train(files, trainers.UnigramTrainer(vocab_size=400, special_tokens=special, unk_token="<unk>", show_progress=False))
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0))
    return tokenizer


ROBERTA = SMALL | dict(type_vocab_size=1, layer_norm_eps=1e-5)
DISTANCES = SMALL | dict(relative_attention=True, pos_att_type="c2p|p2c", position_biased_input=False)
BUCKETS = DISTANCES | dict(position_buckets=8, share_att_key=True, norm_rel_ebd="layer_norm")  # DeBERTa V3
NARROW = SMALL | dict(embedding_size=16)
BOTTLENECK = NARROW | dict(intra_bottleneck_size=16, num_feedforward_networks=2)
DISTIL = dict(dim=32, n_layers=2, n_heads=4, hidden_dim=48, initializer_range=0.2)

# family: tokenizer, configuration, model with labels, model with vectors
FAMILIES = {
    "bert": (word_pieces, hf.BertConfig(**SMALL), hf.BertForTokenClassification, hf.BertModel),
    "roberta": (byte_level, hf.RobertaConfig(**ROBERTA), hf.RobertaForTokenClassification, hf.RobertaModel),
    "xlm-roberta": (sentence_pieces, hf.XLMRobertaConfig(**ROBERTA), hf.XLMRobertaForTokenClassification, hf.XLMRobertaModel),
    "camembert": (sentence_pieces, hf.CamembertConfig(**ROBERTA), hf.CamembertForTokenClassification, None),
    "electra": (word_pieces, hf.ElectraConfig(**NARROW), hf.ElectraForTokenClassification, hf.ElectraModel),
    "deberta": (byte_level, hf.DebertaConfig(**DISTANCES), hf.DebertaForTokenClassification, hf.DebertaModel),
    "deberta-biased": (byte_level, hf.DebertaConfig(**NARROW, type_vocab_size=2), hf.DebertaForTokenClassification, None),
    "deberta-v2": (sentence_pieces, hf.DebertaV2Config(**DISTANCES), hf.DebertaV2ForTokenClassification, None),
    "deberta-v3": (sentence_pieces, hf.DebertaV2Config(**BUCKETS), hf.DebertaV2ForTokenClassification, hf.DebertaV2Model),
    "distilbert": (word_pieces, hf.DistilBertConfig(**DISTIL), hf.DistilBertForTokenClassification, hf.DistilBertModel),
    "albert": (word_pieces, hf.AlbertConfig(**NARROW), hf.AlbertForTokenClassification, hf.AlbertModel),
    "mobilebert": (word_pieces, hf.MobileBertConfig(**BOTTLENECK), hf.MobileBertForTokenClassification, None),
}


def sentence_model_files(path):
    """What sentence-transformers writes beside a model."""
    modules = [{"idx": at, "name": str(at), "path": place, "type": f"sentence_transformers.models.{kind}"} for at, (place, kind) in enumerate([("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")])]
    (path / "modules.json").write_text(json.dumps(modules))
    (path / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": 128, "do_lower_case": False}))
    pooling = {"word_embedding_dimension": 32, "pooling_mode_cls_token": False, "pooling_mode_mean_tokens": True, "pooling_mode_max_tokens": False, "pooling_mode_mean_sqrt_len_tokens": False}
    (path / "1_Pooling").mkdir(exist_ok=True)
    (path / "1_Pooling/config.json").write_text(json.dumps(pooling))


@torch.no_grad()
def write(path, make_tokenizer, config, make_model, files):
    path.mkdir(parents=True, exist_ok=True)
    tokenizer = make_tokenizer(files, path)
    tokenizer.save(str(path / "tokenizer.json"))
    config.vocab_size = tokenizer.get_vocab_size()
    config.pad_token_id = next(id for id in map(tokenizer.token_to_id, ["[PAD]", "<pad>"]) if id is not None)
    config.id2label, config.label2id = dict(enumerate(LABELS)), {label: at for at, label in enumerate(LABELS)}
    torch.manual_seed(7)
    model = make_model(config).eval()
    for parameter in model.parameters():  # norms and biases too
        parameter += 0.05 * torch.randn_like(parameter)
    model.save_pretrained(path, safe_serialization=True)
    expected = []
    for text in TEXTS:
        ids = tokenizer.encode(text).ids
        found = model(input_ids=torch.tensor([ids]))
        numbers = found.logits if hasattr(found, "logits") else found.last_hidden_state
        expected.append({"text": text, "ids": ids, "numbers": numbers[0].tolist()})
    (path / "expected.json").write_text(json.dumps(expected))


def main():
    out, corpus = map(Path, sys.argv[1:])
    files = sorted(map(str, corpus.glob("*.txt")))
    for name, (tokenizer, config, with_labels, with_vectors) in FAMILIES.items():
        write(out / f"{name}-labels", tokenizer, config, with_labels, files)
        if with_vectors is not None:
            write(out / f"{name}-vectors", tokenizer, config, with_vectors, files)
            sentence_model_files(out / f"{name}-vectors")
    (out / "complete").touch()


if __name__ == "__main__":
    main()
