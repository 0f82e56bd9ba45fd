/** Whom a sentence is about. */
export interface Subjects {
  /** `limited`, `limited and queue`. */
  readonly names: string;
  readonly many: boolean;
  /** Before a figure: of several it is the worst. */
  readonly upTo: '' | 'up to ';
}

/** What a rule finds of one executor. */
export interface Finding {
  /** Findings of one rule are one sentence. */
  readonly rule: string;
  readonly executor: string;
  /** How bad it is, to compare with those of the same rule. */
  readonly size: number;
  /** The sentence, with the figures of this executor. */
  say(subjects: Subjects): string;
}

/** What several executors share is one sentence: it names them all, with the figures of the worst. */
export function sayTogether(findings: readonly Finding[]): string[] {
  const byRule = new Map<string, Finding[]>();
  for (const finding of findings) {
    const alike = byRule.get(finding.rule) ?? [];
    alike.push(finding);
    byRule.set(finding.rule, alike);
  }
  return [...byRule.values()].map(alike => {
    const worst = alike.reduce((a, b) => (b.size > a.size ? b : a));
    return worst.say(subjectsOf([...new Set(alike.map(({ executor }) => executor))]));
  });
}

function subjectsOf(ids: readonly string[]): Subjects {
  const many = ids.length > 1;
  const names = many ? `${ids.slice(0, -1).join(', ')} and ${ids.at(-1)}` : ids.join('');
  return { names, many, upTo: many ? 'up to ' : '' };
}
