/** A column of a table. Numbers, moments and buttons are at the `end` of their column; sentences take more room than words. */
export type Column = { key: string; label: string; align?: "end"; width?: "word" | "sentence" };
