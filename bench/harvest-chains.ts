// The addresses of a harvest's first pages, one after the other by the token that each page gives: ours (OAI-PMH) and the floor's.

/** Paths of twenty pages of a hundred records, from the first on. */
export interface Chains {
  readonly ours: { readonly oai_dc: readonly string[]; readonly iso19139: readonly string[] };
  readonly floor: { readonly oai_dc: readonly string[]; readonly iso19139: readonly string[] };
}

const PAGES = 20;
const TOKEN = /<resumptionToken[^>]*>([^<]+)</;

async function chain(base: string, first: string, next: (token: string) => string): Promise<readonly string[]> {
  const paths = [first];
  while (paths.length < PAGES) {
    const path = paths.at(-1) ?? first;
    const token = TOKEN.exec(await (await fetch(base + path)).text())?.[1];
    if (token === undefined) throw new Error(`no token in ${path}`);
    paths.push(next(token));
  }
  return paths;
}

export async function harvestChains(ours: string, floor: string): Promise<Chains> {
  const ourChain = (prefix: string) =>
    chain(ours, `/oai?verb=ListRecords&metadataPrefix=${prefix}`, (t) => `/oai?verb=ListRecords&resumptionToken=${t}`);
  const floorChain = (path: string) => chain(floor, path, (token) => `${path}?after=${encodeURIComponent(token)}`);
  return {
    ours: { oai_dc: await ourChain('oai_dc'), iso19139: await ourChain('iso19139') },
    floor: { oai_dc: await floorChain('/harvest-dc'), iso19139: await floorChain('/harvest') },
  };
}
