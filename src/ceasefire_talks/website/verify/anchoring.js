/* The anchoring specification (docs/anchoring.md) in JavaScript, for the page that verifies a copy and for the tests of
   the specification. Offsets count code points. A classic script, as browsers refuse modules in a folder on disk. */
(function () {
  "use strict";

  const INVISIBLE = /[\u00AD\u061C\u200B\u200E\u200F\u2060\uFEFF\u202A-\u202E\u2066-\u2069]/g;
  const ZS = /[\t\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g;
  const DASHES =
    /[\u058A\u05BE\u1400\u1806\u2010-\u2015\u2212\u2E17\u2E1A\u2E3A\u2E3B\u2E40\u2E5D\u301C\u3030\u30A0\uFE31\uFE32\uFE58\uFE63\uFF0D\u{10D6E}\u{10EAD}]/gu;
  const LIGATURES = { ﬀ: "ff", ﬁ: "fi", ﬂ: "fl", ﬃ: "ffi", ﬄ: "ffl" };

  /* The text of bytes, null where they are not UTF-8. */
  const decode = (bytes) => {
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
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

  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

  /* FIPS 180-4. The browser's own is asynchronous, and missing where a page is no secure context. */
  const PRIMES = [];
  for (let n = 2; PRIMES.length < 64; n++) if (PRIMES.every((prime) => n % prime)) PRIMES.push(n);
  const fraction = (x) => ((x % 1) * 2 ** 32) | 0;
  const INITIAL = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
  const ROUNDS = PRIMES.map((prime) => fraction(Math.cbrt(prime)));
  const schedule = new Int32Array(64);
  const turn = (x, by) => (x >>> by) | (x << (32 - by));

  const padded = (bytes) => {
    const blocks = new Uint8Array(((bytes.length + 72) >> 6) << 6);
    blocks.set(bytes);
    blocks[bytes.length] = 0x80;
    const view = new DataView(blocks.buffer);
    view.setUint32(blocks.length - 8, Math.floor(bytes.length / 2 ** 29));
    view.setUint32(blocks.length - 4, bytes.length << 3);
    return view;
  };

  const expand = (view, offset) => {
    for (let i = 0; i < 16; i++) schedule[i] = view.getInt32(offset + 4 * i);
    for (let i = 16; i < 64; i++) {
      const [x, y] = [schedule[i - 15], schedule[i - 2]];
      const low = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3);
      const high = turn(y, 17) ^ turn(y, 19) ^ (y >>> 10);
      schedule[i] = (schedule[i - 16] + low + schedule[i - 7] + high) | 0;
    }
  };

  const compress = (state) => {
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i++) {
      const high = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
      const one = (h + high + ((e & f) ^ (~e & g)) + ROUNDS[i] + schedule[i]) | 0;
      const low = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
      const two = (low + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    return [a, b, c, d, e, f, g, h].map((value, i) => (value + state[i]) | 0);
  };

  const sha256 = (text) => {
    const view = padded(new TextEncoder().encode(text));
    let state = INITIAL;
    for (let offset = 0; offset < view.byteLength; offset += 64) {
      expand(view, offset);
      state = compress(state);
    }
    return state.map((value) => (value >>> 0).toString(16).padStart(8, "0")).join("");
  };

  /* The same by the browser, where it lets the page. */
  const sha256OfBrowser = async (text) => {
    if (!globalThis.crypto?.subtle) return sha256(text);
    return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))));
  };

  const trigramHashes = new Map();
  const hashOfTrigram = (trigram) => {
    let hash = trigramHashes.get(trigram);
    if (hash === undefined) {
      hash = BigInt(`0x${sha256(trigram).slice(0, 16)}`).toString(2).padStart(64, "0");
      if (trigramHashes.size < 200000) trigramHashes.set(trigram, hash);
    }
    return hash;
  };

  const simhash = (text) => {
    const folded = [...casefold(fold(text))];
    const trigrams = new Set(folded.slice(2).map((_, i) => folded.slice(i, i + 3).join("")));
    const counts = new Int32Array(64);
    for (const trigram of trigrams) {
      const bits = hashOfTrigram(trigram);
      for (let bit = 0; bit < 64; bit++) counts[bit] += bits[bit] === "1" ? 1 : -1;
    }
    const value = BigInt(`0b${Array.from(counts, (count) => (count > 0 ? "1" : "0")).join("")}`);
    return `s1-${value.toString(16).padStart(16, "0")}`;
  };

  const simhashDistance = (one, other) => {
    const bits = BigInt(`0x${one.slice(3)}`) ^ BigInt(`0x${other.slice(3)}`);
    return bits.toString(2).replaceAll("0", "").length;
  };

  const words = (text) => text.split(/[ \n\x1C-\x1F]+/).filter((token) => /[\p{L}\p{Nd}]/u.test(token)).length;

  globalThis.ceasefireTalksText = Object.freeze({
    decode, normalise, codePoints, paragraphs, fold, casefold, sha256, sha256OfBrowser, simhash, simhashDistance, words,
  });
})();
