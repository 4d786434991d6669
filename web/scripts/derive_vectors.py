"""Writes src/engine/derive.vectors.json: `Id::derive` computed a third time, for the Rust and the TypeScript test."""

import json
import pathlib

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
M128 = (1 << 128) - 1
M80 = (1 << 80) - 1
PRIME = 0x0000_0000_0100_0000_0000_0000_0000_013B


def text(value: int) -> str:
    return "".join(ALPHABET[(value >> shift) & 31] for shift in range(125, -1, -5))


def derive(value: int, label: str) -> int:
    mixed = (0xCBF2_9CE4_8422_2325 ^ (value << 1)) & M128
    for byte in label.encode() + value.to_bytes(16, "big"):
        mixed = ((mixed ^ byte) * PRIME) & M128
    return (value >> 80 << 80) | ((mixed ^ (mixed >> 64)) & M80)


PARENTS = [0, (1_710_460_800_000 << 80) | 42, M128, (1_732_000_000_000 << 80) | 0x1234_5678_9ABC_DEF0_1234]
LABELS = ["", "need:0", "need:1", "person:01HS0000000000000000000000", "household:李娜", "𠮷", "x" * 300]
rows = [{"id": text(p), "label": label, "derived": text(derive(p, label))} for p in PARENTS for label in LABELS]
target = pathlib.Path(__file__).parent.parent / "src/engine/derive.vectors.json"
target.write_text(json.dumps({"vectors": rows}, ensure_ascii=False, indent=1) + "\n")
