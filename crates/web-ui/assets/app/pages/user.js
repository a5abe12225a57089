// What everybody may see of somebody.
import { get } from "../api.js";
import { nameOf, userPath } from "../format.js";
import { useLoaded } from "../load.js";
import { ProfileHead, RatedFilms } from "../ui/profile.js";
import { Empty, Failed, Heading, SkeletonText } from "../ui/states.js";
import { useTitle } from "../ui/title.js";
import { html } from "../vendor/preact.js";

/** @param {{username: string}} props */
export default function User({ username }) {
  const { data, problem, reload } = useLoaded(() => get(userPath(username)), [username]);
  useTitle(data ? nameOf(data) : "Profile");
  if (problem?.status === 404) return html`<${Heading}>Profile<//><${Empty} title="There is no such profile, or it is private." />`;
  if (problem) return html`<${Heading}>Profile<//><${Failed} problem=${problem} retry=${reload} />`;
  if (!data) return html`<${Heading}>${username}<//><${SkeletonText} lines=${4} />`;
  return html`<${ProfileHead} profile=${data} /><${RatedFilms} username=${username} empty=${null} />`;
}
