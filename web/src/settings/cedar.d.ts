// Policies that are built in come as text.
declare module "*.cedar" {
  const text: string;
  export default text;
}
