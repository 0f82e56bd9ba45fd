/** As data that nobody changes once it is there: every property and item read-only, at any depth. */
export type Immutable<T> = unknown extends T ? T : { readonly [Key in keyof T]: Immutable<T[Key]> };
