/* A reader's copy against the ledger of its source, as ceasefire_talks.tracing.match does it: equal hashes of the folded
   form prove a sentence and nothing else does. All offsets count code points. */
(function () {
  "use strict";

  const { fold, sha256, simhash, simhashDistance } = globalThis.ceasefireTalksText;

  /* Where a sentence may begin or end by the look of it; see docs/anchoring.md, 9.4. */
  const MARK = "[^\\p{L}\\p{N}_\\s]";
  const STOPS = "[.!?…؟۔。！？।‽]";
  const NOTES = "(?:[⁰¹²³⁴-⁹]{1,3}|\\[\\p{Nd}{1,3}\\]){1,4}";
  const STOP = new RegExp(`${STOPS}${MARK}{0,8}(?:${NOTES})? (?:${MARK}{1,8} ){0,3}`, "gu");
  const NOTED = new RegExp(`${STOPS}${MARK}{0,8}(?=${NOTES}(?: |$))`, "gu");
  const FUSED = /(?<=[a-z0-9"')\]])[.!?…]["')\]]{0,8}(?=["'(\[]{0,8}(?![a-z])\p{L})/gu;
  const GROWN = /\.\.\.|ff[il]|f[fil]/g;

  const NEXT_ROWS = 4;
  const MOST_HYPHENS = 5;
  const FLOOR = 15;
  const FLOOR_IN_PLACE = 20;
  const MARGIN = 6;

  const rising = (numbers) => Uint32Array.from(new Set(numbers)).sort();

  /* The place in rising numbers of the first that is not below a bound. */
  const firstFrom = (numbers, bound) => {
    let [low, high] = [0, numbers.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (numbers[middle] < bound) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  /* A normalised copy, its folded form, and the map between the two. */
  class CopyText {
    constructor(text) {
      this.characters = [...text];
      this.folded = [];
      this.origins = [];
      this.whole = [];
      const breaks = [];
      this.characters.forEach((character, origin) => {
        if (character === "\n") breaks.push(this.folded.length);
        [...(character < "\u007f" && character !== "\n" && character !== "`" ? character : fold(character))].forEach((c, i) => {
          this.folded.push(c);
          this.origins.push(origin);
          this.whole.push(i === 0);
        });
      });
      this.origins.push(this.characters.length);
      this.whole.push(true);
      this.length = this.folded.length;
      this.indexBoundaries(text, breaks);
      this.hyphens = breaks
        .map((gap) => gap - 1)
        .filter((at) => at > 0 && this.folded[at] === "-" && [at - 1, at + 2].every((i) => /[\p{L}\p{N}]/u.test(this.folded[i])));
    }

    indexBoundaries(text, breaks) {
      const string = this.folded.join("");
      const points = new Uint32Array(string.length + 1);
      let at = 0;
      this.folded.forEach((c, i) => {
        for (let unit = 0; unit < c.length; unit++) points[at++] = i;
      });
      points[at] = this.length;
      const matches = (pattern) =>
        [...string.matchAll(pattern)].map((found) => [points[found.index], points[found.index + found[0].length]]);
      const stops = matches(STOP);
      const fused = matches(FUSED).map(([, end]) => end);
      const gaps = [...firm(text, breaks), ...stops.map(([start]) => this.folded.indexOf(" ", start))];
      this.starts = rising([0, ...gaps.map((gap) => gap + 1), ...stops.map(([, end]) => end), ...fused]);
      this.ends = rising([...gaps, ...fused, ...matches(NOTED).map(([, end]) => end), this.length]);
      this.slackBefore = new Uint32Array(this.length + 1);
      for (const [start, end] of matches(GROWN)) this.slackBefore[start + 1] = end - start - 1;
      for (let i = 1; i <= this.length; i++) this.slackBefore[i] += this.slackBefore[i - 1];
    }

    isEnd(offset) {
      return this.ends[firstFrom(this.ends, offset)] === offset;
    }

    isGap(offset) {
      return offset === this.length || this.folded[offset] === " ";
    }

    /* By how much a window may be longer than the sentence was before it was folded. */
    slack(start, end) {
      const bound = (offset) => Math.min(Math.max(offset, 0), this.length);
      return this.slackBefore[bound(end)] - this.slackBefore[bound(start)];
    }

    hyphensIn(start, end) {
      return this.hyphens.slice(firstFrom(this.hyphens, start), firstFrom(this.hyphens, end - 2));
    }

    /* Every text that a window may have been before its lines were broken, as the places of its characters. */
    *readings(start, end) {
      const hyphens = this.hyphensIn(start, end);
      for (const dropped of choices(hyphens.length)) {
        const without = new Set(hyphens.flatMap((at, i) => [at, at + 1].slice(dropped[i])));
        const places = [];
        for (let at = start; at < end; at++) if (!without.has(at)) places.push(at);
        yield places;
      }
    }

    text(places) {
      return places.map((at) => this.folded[at]).join("");
    }

    /* The stretch of the copy that a window of the folded form is. */
    span(start, end) {
      return [this.origins[start], end === this.length ? this.characters.length : this.origins[end - 1] + 1];
    }

    cut(start, end) {
      return this.characters.slice(start, end).join("");
    }
  }

  /* The line breaks behind which the next word would have found room: there the author ended the line. */
  const firm = (text, breaks) => {
    const lines = text.split("\n");
    const lengths = lines.map((line) => [...line].length);
    const width = lengths.reduce((most, length) => Math.max(most, length), 0);
    return breaks.filter((_, i) => lengths[i] + 1 + [...lines[i + 1].split(" ", 1)[0]].length <= width);
  };

  /* For each hyphen at a line's end: 0 drops it and the break, 1 the break alone, 2 neither. */
  function* choices(count) {
    const all = Array(count).fill(0);
    yield all;
    if (count > MOST_HYPHENS) return;
    for (let n = 1; n < 3 ** count; n++) yield all.map((_, i) => Math.floor(n / 3 ** i) % 3);
  }

  class Ledger {
    constructor(sentences) {
      this.sentences = sentences;
      this.rows = new Map();
      sentences.forEach((sentence, row) => {
        this.rows.set(sentence.folded_sha256, [...(this.rows.get(sentence.folded_sha256) ?? []), row]);
      });
      this.lengths = rising(sentences.map((sentence) => sentence.length));
      this.longest = this.lengths.at(-1) ?? 0;
    }

    hasLength(shortest, longest) {
      return this.lengths[firstFrom(this.lengths, shortest)] <= longest;
    }
  }

  function* likelyEnds(copy, ledger, start, expected) {
    for (const first of expected) {
      for (const { length } of ledger.sentences.slice(first, first + NEXT_ROWS)) {
        const shortest = start + length;
        if (shortest > copy.length) continue;
        let longest = shortest + copy.slack(start, shortest) + 2 * copy.hyphensIn(start, shortest + 2).length;
        longest += copy.slack(shortest, longest) + 2 * copy.hyphensIn(shortest, longest + 2).length;
        for (let end = shortest; end <= Math.min(longest, copy.length); end++) yield end;
      }
    }
    let reach = start + ledger.longest;
    reach += copy.slack(start, reach) + 2 * copy.hyphensIn(start, reach).length;
    const { ends } = copy;
    for (let i = firstFrom(ends, reach + 1) - 1; i >= 0 && ends[i] > start; i--) yield ends[i];
  }

  const occurrenceAt = (copy, ledger, start, expected) => {
    for (const end of new Set(likelyEnds(copy, ledger, start, expected))) {
      if (!copy.whole[start] || !copy.whole[end]) continue;
      const slack = copy.slack(start, end);
      for (const places of copy.readings(start, end)) {
        if (!ledger.hasLength(places.length - slack, places.length)) continue;
        const rows = ledger.rows.get(sha256(copy.text(places)));
        if (rows) return { start, end, rows, places };
      }
    }
    return null;
  };

  /* The sentences of the ledger that stand in the copy, in the order of the copy, without overlap. */
  const occurrences = (copy, ledger) => {
    const found = [];
    let pending = [];
    let expected = [0];
    let start = 0;
    while (start < copy.length) {
      const one = occurrenceAt(copy, ledger, start, expected);
      if (one === null) {
        pending = [];
        start = copy.starts[firstFrom(copy.starts, start + 1)] ?? copy.length;
        continue;
      }
      pending.push(one);
      /* What ends where no sentence seems to end counts only if the next one follows at once. */
      if (copy.isEnd(one.end)) found.push(...pending.splice(0));
      const row = one.rows.find((candidate) => candidate >= expected[0]) ?? one.rows.at(-1);
      expected = [row + 1, ...(row === expected[0] ? expected.slice(1) : expected.slice(0, 1))];
      start = copy.isGap(one.end) ? one.end + 1 : one.end;
    }
    return found;
  };

  /* One row for each occurrence, as far as there are rows: the next in turn, else one that is left. */
  const assigned = (found) => {
    const taken = new Map();
    let last = -1;
    for (const one of found) {
      const free = one.rows.filter((row) => !taken.has(row));
      const row = free.find((candidate) => candidate > last) ?? free[0];
      if (row === undefined) continue;
      taken.set(row, one);
      last = row;
    }
    return taken;
  };

  /* The rows of a longest rising subsequence. */
  const commonOrder = (rows) => {
    const tails = [];
    const nodes = [];
    for (const row of rows) {
      const i = firstFrom(tails, row);
      tails[i] = row;
      nodes[i] = { row, before: nodes[i - 1] };
    }
    const found = new Set();
    for (let node = nodes.at(-1); node; node = node.before) found.add(node.row);
    return found;
  };

  /* The stretches between proven sentences, each with the rows that are missing there. */
  const gaps = (copy, ledger, found, rowOf, common) => {
    const edges = [...found, { start: copy.length, end: copy.length }];
    let [behind, begin] = [-1, 0];
    const stretches = [];
    for (const [i, one] of edges.entries()) {
      const later = edges.slice(i).map((next) => rowOf.get(next)).find((row) => common.has(row));
      const missing = [];
      for (let row = behind + 1; row < (later ?? ledger.sentences.length); row++) if (!rowOf.rows.has(row)) missing.push(row);
      const start = begin + (copy.folded[begin] === " ");
      const end = one.start - (copy.folded[one.start - 1] === " ");
      if (start < end && missing.length) stretches.push({ start, end, missing });
      begin = one.end;
      if (common.has(rowOf.get(one))) behind = rowOf.get(one);
    }
    return stretches;
  };

  const windowsOf = (copy, { start, end }) => {
    const starts = [start, ...copy.starts.filter((at) => at > start && at < end)];
    const ends = [...copy.ends.filter((at) => at > start && at < end), end];
    return { starts, ends, simhashes: new Map() };
  };

  const likenesses = (copy, ledger, gap) => {
    const { starts, ends, simhashes } = windowsOf(copy, gap);
    const near = [];
    if (gap.missing.length * starts.length > 4000) return near;
    for (const row of gap.missing) {
      const { length, simhash: of } = ledger.sentences[row];
      for (const start of starts) {
        const around = ends.filter((end) => end - start >= 0.6 * length && end - start <= 1.67 * length + 1).slice(0, 8);
        for (const end of around) {
          const key = `${start} ${end}`;
          if (!simhashes.has(key)) simhashes.set(key, simhash(copy.folded.slice(start, end).join("")));
          near.push({ row, start, end, distance: simhashDistance(of, simhashes.get(key)) });
        }
      }
    }
    return near;
  };

  const overlap = (one, other) => one.start < other.end && other.start < one.end;

  /* The rows of a gap that are near to a stretch, and clearly nearer than any other pairing. */
  const altered = (copy, ledger, gap) => {
    const near = likenesses(copy, ledger, gap).sort((one, other) => one.distance - other.distance);
    const chosen = [];
    for (const one of near) {
      const alone = gap.missing.length === 1 && one.start === gap.start && one.end === gap.end;
      if (one.distance > (alone ? FLOOR_IN_PLACE : FLOOR)) continue;
      const rival = (other) =>
        other.distance < one.distance + MARGIN && (other.row === one.row ? !overlap(one, other) : overlap(one, other));
      if (chosen.some((other) => other.row === one.row || overlap(one, other)) || near.some(rival)) continue;
      chosen.push(one);
    }
    return chosen;
  };

  /* For each offset in a sentence as published, its offset in the copy; null where typography leaves that open. */
  const placement = (copy, one, length) => {
    const { places } = one;
    const reading = copy.text(places);
    const offsets = places.map((at) => copy.origins[at]);
    const grown = [...reading.matchAll(GROWN)];
    const slack = grown.reduce((sum, match) => sum + match[0].length - 1, 0);
    const [, end] = copy.span(one.start, one.end);
    if (places.length === length) return [...offsets, end];
    if (places.length - slack !== length) return null;
    const inside = new Set();
    for (const match of grown) {
      const first = [...reading.slice(0, match.index)].length;
      for (let i = 1; i < match[0].length; i++) inside.add(first + i);
    }
    return [...offsets.filter((_, i) => !inside.has(i)), end];
  };

  const exactPlacement = (start, end) => Array.from({ length: end - start + 1 }, (_, i) => start + i);

  const proven = (copy, sentence, one, inOrder) => {
    const [start, end] = copy.span(one.start, one.end);
    const text = copy.cut(start, end);
    const exact = sha256(text) === sentence.sha256;
    const offsets = exact ? exactPlacement(start, end) : placement(copy, one, sentence.length);
    const status = !inOrder ? "moved" : exact ? "exact" : "reformatted";
    return { status, start, end, text, exact, reading: copy.text(one.places), offsets };
  };

  /* Every sentence of a ledger with its status and its place in a copy in normal form.

     ledger: objects with length, sha256, folded_sha256 and simhash, in the order of the source. Returns one object a
     sentence: status (exact, reformatted, moved, altered, lost), and unless it is lost start, end and text; for what is
     proven also its folded reading, and offsets, which leads from offsets in the sentence to those in the copy. */
  const match = (sentences, text) => {
    const [copy, ledger] = [new CopyText(text), new Ledger(sentences)];
    const found = occurrences(copy, ledger);
    const taken = assigned(found);
    const rowOf = new Map([...taken].map(([row, one]) => [one, row]));
    rowOf.rows = taken;
    const common = commonOrder(found.map((one) => rowOf.get(one)).filter((row) => row !== undefined));
    const like = new Map();
    for (const gap of gaps(copy, ledger, found, rowOf, common)) {
      for (const one of altered(copy, ledger, gap)) if (!like.has(one.row)) like.set(one.row, one);
    }
    return sentences.map((sentence, row) => {
      if (taken.has(row)) return proven(copy, sentence, taken.get(row), common.has(row));
      if (!like.has(row)) return { status: "lost" };
      const [start, end] = copy.span(like.get(row).start, like.get(row).end);
      return { status: "altered", start, end, text: copy.cut(start, end), distance: like.get(row).distance };
    });
  };

  globalThis.ceasefireTalksMatching = Object.freeze({ match });
})();
