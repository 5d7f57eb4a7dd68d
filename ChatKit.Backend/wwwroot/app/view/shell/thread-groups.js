import { language, text } from "../../text.js";

const month = new Intl.DateTimeFormat(language, { month: "long", year: "numeric" });
const day = 86_400_000;

/** Groups threads, newest first, under the headings that people look for them by: `[{heading, threads}]`. */
export function groupByAge(threads, now = new Date()) {
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();
  return [...Map.groupBy(threads, (thread) => headingOf(new Date(thread.created_at), today))]
    .map(([heading, members]) => ({ heading, threads: members }));
}

function headingOf(created, today) {
  const age = today - created.getTime();
  if (age <= 0) return text.today;
  if (age <= day) return text.yesterday;
  if (age <= 7 * day) return text.lastWeek;
  return month.format(created);
}
