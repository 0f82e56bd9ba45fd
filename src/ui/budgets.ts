/** What the page offers to measure with, beside the usual budget, s. */
export const BUDGETS: readonly number[] = [10, 20, 30, 60, 120, 300];
