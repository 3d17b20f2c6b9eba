// What the JavaScript of the anchoring specification, the script named as first argument, makes of the test vectors.
// Reads the vectors from standard input and prints, for each kind, the output for every vector's input.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

await import(pathToFileURL(process.argv[2]));
const text = globalThis.ceasefireTalksText;

const offsets = ({ document, start, end, utf16_start: from, utf16_end: to }) => ({
  text: [...document].slice(start, end).join(""),
  sameByUtf16: document.slice(from, to) === [...document].slice(start, end).join(""),
});

const compare = ({ sentence, copy }) => {
  const found = text.normalise(copy);
  if (text.sha256(found) === text.sha256(sentence)) return "exact";
  return text.sha256(text.fold(found)) === text.sha256(text.fold(sentence)) ? "reformatted" : "different";
};

const vectors = JSON.parse(readFileSync(0, "utf8"));
const { normalise, paragraphs, fold, casefold, sha256, simhash, words } = text;
const decode = (hex) => text.decode(Buffer.from(hex, "hex"));
const ofInput = { decode, normalise, paragraphs, fold, casefold, sha256, simhash, words };
const results = Object.fromEntries(
  Object.entries(ofInput).map(([kind, make]) => [kind, vectors[kind].map((vector) => make(vector.input))]),
);
results.offsets = vectors.offsets.map(offsets);
results.compare = vectors.compare.map(compare);
console.log(JSON.stringify(results));
