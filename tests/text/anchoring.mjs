// The anchoring specification (docs/anchoring.md) written anew in JavaScript, without a look at the Python code.
// Reads the vectors from standard input and prints, for each kind, what it makes of every vector's input.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const INVISIBLE = /[\u00AD\u061C\u200B\u200E\u200F\u2060\uFEFF\u202A-\u202E\u2066-\u2069]/g;
const ZS = /[\t\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g;
const DASHES =
  /[\u058A\u05BE\u1400\u1806\u2010-\u2015\u2212\u2E17\u2E1A\u2E3A\u2E3B\u2E40\u2E5D\u301C\u3030\u30A0\uFE31\uFE32\uFE58\uFE63\uFF0D\u{10D6E}\u{10EAD}]/gu;
const LIGATURES = { ﬀ: "ff", ﬁ: "fi", ﬂ: "fl", ﬃ: "ffi", ﬄ: "ffl" };

const decode = (hex) => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(hex, "hex"));
  } catch {
    return null;
  }
};

const normalise = (text) =>
  text
    .replace(/^\uFEFF/, "")
    .replace(/\r\n|[\r\v\f\u0085\u2028\u2029]/g, "\n")
    .replace(INVISIBLE, "")
    .normalize("NFC")
    .replace(ZS, " ")
    .replace(/ {2,}/g, " ")
    .split("\n")
    .map((line) => line.replace(/^ | $/g, ""))
    .filter((line) => line !== "")
    .join("\n");

const codePoints = (text) => [...text].length;

const paragraphs = (text) => {
  let start = 0;
  return (text === "" ? [] : text.split("\n")).map((line, i) => {
    const end = start + codePoints(line);
    const found = [i + 1, start, end];
    start = end + 1;
    return found;
  });
};

const fold = (text) =>
  text
    .replace(/[‘’‚‛′`´]/g, "'")
    .replace(/[“”„‟″«»]/g, '"')
    .replace(DASHES, "-")
    .replace(/…/g, "...")
    .replace(/[ﬀﬁﬂﬃﬄ]/g, (c) => LIGATURES[c])
    .replace(/\n/g, " ")
    .replace(/ {2,}/g, " ");

const casefoldOne = (c) => {
  if (c === "ı") return c;
  if (/[Ꭰ-Ᏽᏸ-ᏽꭰ-ꮿ]/u.test(c)) return c.toUpperCase();
  return c.toLowerCase().toUpperCase().toLowerCase();
};
const casefold = (text) => [...text].map(casefoldOne).join("");

const sha256 = (text) => createHash("sha256").update(text, "utf8").digest("hex");

const simhash = (text) => {
  const folded = [...casefold(fold(text))];
  const trigrams = new Set(folded.slice(2).map((_, i) => folded.slice(i, i + 3).join("")));
  const hashes = [...trigrams].map((gram) => BigInt(`0x${sha256(gram).slice(0, 16)}`));
  let value = 0n;
  for (let bit = 0n; bit < 64n; bit++) {
    const ones = hashes.filter((hash) => (hash >> bit) & 1n).length;
    if (ones > hashes.length - ones) value |= 1n << bit;
  }
  return `s1-${value.toString(16).padStart(16, "0")}`;
};

const words = (text) => text.split(/[ \n\x1C-\x1F]+/).filter((token) => /[\p{L}\p{Nd}]/u.test(token)).length;

const offsets = ({ document, start, end, utf16_start: from, utf16_end: to }) => ({
  text: [...document].slice(start, end).join(""),
  sameByUtf16: document.slice(from, to) === [...document].slice(start, end).join(""),
});

const compare = ({ sentence, copy }) => {
  const found = normalise(copy);
  if (sha256(found) === sha256(sentence)) return "exact";
  return sha256(fold(found)) === sha256(fold(sentence)) ? "reformatted" : "different";
};

const vectors = JSON.parse(readFileSync(0, "utf8"));
const ofInput = { decode, normalise, paragraphs, fold, casefold, sha256, simhash, words };
const results = Object.fromEntries(
  Object.entries(ofInput).map(([kind, make]) => [kind, vectors[kind].map((vector) => make(vector.input))]),
);
results.offsets = vectors.offsets.map(offsets);
results.compare = vectors.compare.map(compare);
console.log(JSON.stringify(results));
