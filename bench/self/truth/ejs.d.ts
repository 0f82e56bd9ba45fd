/** The package has no types; this is what is used of it. */
declare module 'ejs' {
  const ejs: { compile<Data>(template: string): (data: Data) => string };
  export default ejs;
}
