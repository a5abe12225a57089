// What everybody thinks of a film: score, interval, histogram, and how they come about.
import { get } from "../api.js";
import { count, decimal, plural } from "../format.js";
import { html, useEffect, useState } from "../vendor/preact.js";
import { SkeletonText } from "./states.js";

/** @typedef {import("../../../types/api").MovieResponse["rating_summary"]} Summary */

/** @param {{summary: Summary}} props */
export function RatingSummary({ summary }) {
  const { count: ratings, weighted_score: score, mean, interval_90: interval } = summary;
  return html`
    <section class="summary" aria-labelledby="summary-title">
      <h2 id="summary-title">What everybody thinks</h2>
      <div class="summary-head">
        <p class="summary-score" data-version=${summary.version}><strong>${decimal(score)}</strong><span> / 10</span></p>
        <dl class="facts">
          <div><dt>Ratings</dt><dd class="summary-count">${count(ratings)}</dd></div>
          <div><dt>Mean</dt><dd>${decimal(mean)}</dd></div>
          <div><dt>90 % interval</dt><dd>${interval ? `${decimal(interval[0])} – ${decimal(interval[1])}` : "–"}</dd></div>
        </dl>
      </div>
      <${Interval} summary=${summary} />
      <${Histogram} buckets=${summary.histogram} label="How often each score was given" />
      <${Explanation} summary=${summary} />
      <p class="unseen" role="status">${`${plural(ratings, "rating")}, weighted score ${decimal(score)}`}</p>
    </section>
  `;
}

/** The scale from 1 to 10 with the interval, the mean and the weighted score on it. @param {{summary: Summary}} props */
function Interval({ summary }) {
  const { interval_90: interval, mean, weighted_score: score } = summary;
  const x = (/** @type {number} */ value) => ((value - 1) / 9) * 100;
  return html`
    <svg class="interval" viewBox="-2 0 104 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <line class="interval-scale" x1="0" x2="100" y1="4" y2="4" />
      ${interval && html`<rect class="interval-band" x=${x(interval[0])} y="2" width=${x(interval[1]) - x(interval[0])} height="4" />`}
      ${mean !== null && html`<line class="interval-mean" x1=${x(mean)} x2=${x(mean)} y1="1" y2="7" />`}
      ${score !== null && html`<line class="interval-score" x1=${x(score)} x2=${x(score)} y1="0" y2="8" />`}
    </svg>
  `;
}

/** @param {{buckets: number[], label: string}} props */
export function Histogram({ buckets, label }) {
  const most = Math.max(1, ...buckets);
  return html`
    <ol class="histogram" aria-label=${label}>
      ${buckets.map((ratings, n) => html`
        <li title=${`${n + 1}: ${plural(ratings, "rating")}`}>
          <span class="unseen">${`Score ${n + 1}: ${plural(ratings, "rating")}`}</span>
          <svg viewBox="0 0 10 100" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect class="histogram-bar" x="0" width="10" y=${100 - (ratings / most) * 98 - (ratings ? 2 : 1)} height=${(ratings / most) * 98 + (ratings ? 2 : 1)} />
          </svg>
          <span class="histogram-key" aria-hidden="true">${n + 1}</span>
        </li>
      `)}
    </ol>
  `;
}

/** @param {{summary: Summary}} props */
function Explanation({ summary }) {
  const [isOpen, setOpen] = useState(false);
  const [inputs, setInputs] = useState(null);
  useEffect(() => {
    if (!isOpen) return;
    get(`/movies/${summary.movie_id}/rating-summary`, { query: { explain: true } })
      .then((/** @type {any} */ answer) => setInputs(answer.explanation), () => setOpen(false));
  }, [isOpen, summary.version]);
  return html`
    <details class="explanation" open=${isOpen} onToggle=${(/** @type {any} */ event) => setOpen(event.currentTarget.open)}>
      <summary>How is this computed?</summary>
      ${inputs ? html`<${Inputs} inputs=${inputs} score=${summary.weighted_score} />` : isOpen && html`<${SkeletonText} lines=${4} />`}
    </details>
  `;
}

/** @param {{inputs: any, score: number | null}} props */
function Inputs({ inputs, score }) {
  const two = (/** @type {number | null} */ value) => (value === null ? "–" : value.toFixed(2));
  return html`
    <p>While ratings are few, the weighted score keeps close to what films get on average; the more there are, the more they count.</p>
    <p class="formula">(v·R + m·C) ÷ (v + m) = <strong>${two(score)}</strong></p>
    <dl class="facts">
      <div><dt>v, ratings of this film</dt><dd>${count(inputs.v)}</dd></div>
      <div><dt>R, their mean</dt><dd>${two(inputs.r)}</dd></div>
      <div><dt>m, weight of the average</dt><dd>${inputs.m}</dd></div>
      <div><dt>C, mean of all ratings</dt><dd>${two(inputs.c)}</dd></div>
    </dl>
    <p class="quiet">The interval is where the mean would lie, with 90 % credibility, if everybody rated.</p>
  `;
}
