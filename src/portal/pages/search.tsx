/** @jsxRuntime automatic @jsxImportSource preact */
// Cross search: what was asked, how many records answer it, the page of them, and ways to narrow or move on.
import { printPageToken } from '../../formats/syntax/page-token.ts';
import type { Facets, ResultPage } from '../../model/query.ts';
import { inLanguage } from '../../model/text.ts';
import type { Page } from '../page.ts';
import { ORDERS, PAGING, type SearchRequest } from '../search-request.ts';
import { Conditions, FacetList, parameterLabel } from './facet-list.tsx';
import { idOf } from './form-fields.tsx';
import { renderPage } from './layout.tsx';
import { Breadcrumb, Count, RecordEntry } from './parts.tsx';
import { SearchForm } from './search-form.tsx';

export interface SearchData {
  readonly request: SearchRequest;
  /** Null when a parameter is wrong: then the faults are shown. */
  readonly result: { readonly page: ResultPage; readonly total: number; readonly facets: Facets } | null;
}

/** The asked address on another page of the result. */
function pageAddress(page: Page, number: number, after: string | null): string {
  const query = new URLSearchParams(
    page.asked.query
      .filter(([name, value]) => value !== '' && !PAGING.some((paging) => paging === name))
      .map(([n, v]) => [n, v]),
  );
  if (number > 1) query.append('page', String(number));
  if (after !== null) query.append('after', after);
  if (page.chosenLanguage) query.append('lang', page.chosenLanguage);
  const text = query.toString();
  return (page.to('/search').split('?')[0] ?? '') + (text === '' ? '' : `?${text}`);
}

function Paging({ page, data }: { page: Page; data: SearchData }) {
  const { t, say } = page;
  const { request, result } = data;
  if (!result || result.total <= request.size) return null;
  const pages = Math.ceil(result.total / request.size);
  const { next } = result.page;
  return (
    <nav class="paging" aria-label={t.pagesOfResult}>
      <ul>
        {request.page > 1 && (
          <>
            <li>
              <a href={pageAddress(page, 1, null)} rel="first">
                {t.firstPage}
              </a>
            </li>
            <li>
              <a href={pageAddress(page, request.page - 1, null)} rel="prev">
                {t.previousPage}
              </a>
            </li>
          </>
        )}
        <li aria-current="page">{t.pageOf(say.number(request.page), say.number(pages))}</li>
        {next && (
          <li>
            <a href={pageAddress(page, request.page + 1, printPageToken(next, ORDERS[request.order]))} rel="next">
              {t.nextPage}
            </a>
          </li>
        )}
      </ul>
    </nav>
  );
}

/** Parameters that no control of the form stands for. */
const WITHOUT_CONTROL: ReadonlySet<string> = new Set([...PAGING, 'timerel']);

function Faults({ page, request }: { page: Page; request: SearchRequest }) {
  const { t } = page;
  return (
    <section class="notice wrong" role="alert" aria-labelledby="faults">
      <h2 id="faults">{t.searchNotUnderstood}</h2>
      <ul>
        {[...request.faults].map(([name, detail]) => (
          <li>
            {WITHOUT_CONTROL.has(name) ? (
              <code>{name}</code>
            ) : (
              <a href={`#${name === 'q' ? 'q' : idOf(name)}`}>{parameterLabel(page, name, request)}</a>
            )}
            {t.colon} {inLanguage(detail, page.language)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Results({ page, data }: { page: Page; data: SearchData }) {
  const { t, say } = page;
  const { result, request } = data;
  if (!result) return <Faults page={page} request={request} />;
  const { records } = result.page;
  const first = (request.page - 1) * request.size + 1;
  return (
    <>
      <p class="total" role="status">
        <strong>
          <Count page={page} count={result.total} of="record" />
        </strong>
        {records.length > 0 && (
          <span class="quiet"> {t.shownFromTo(say.number(first), say.number(first + records.length - 1))}</span>
        )}
      </p>
      {records.length === 0 && <p class="notice">{result.total === 0 ? t.nothingFound : t.pastTheEnd}</p>}
      <div class="entries">
        {records.map((record) => (
          <RecordEntry page={page} record={record} heading="h2" />
        ))}
      </div>
      <Paging page={page} data={data} />
    </>
  );
}

/** Response elements of OpenSearch 1.1 in HTML. */
function responseMetas(data: SearchData): readonly (readonly [string, string])[] {
  if (!data.result) return [];
  const { request, result } = data;
  return [
    ['totalResults', String(result.total)],
    ['startIndex', String((request.page - 1) * request.size + 1)],
    ['itemsPerPage', String(request.size)],
  ];
}

export function searchPage(page: Page, data: SearchData): string {
  const { t, to } = page;
  const { request, result } = data;
  const [words = ''] = request.given.get('q') ?? [];
  return renderPage(
    page,
    { title: words === '' ? t.search : `${words} – ${t.search}`, metas: responseMetas(data), noIndex: true },
    <>
      <Breadcrumb
        page={page}
        trail={[
          { href: to('/'), label: t.home },
          { href: null, label: t.search },
        ]}
      />
      <h1>{t.searchTheCatalogue}</h1>
      <div class="search-page">
        <div class="results">
          <search class="big-search">
            <label for="q">{t.words}</label>
            <div class="joined">
              <input
                id="q"
                name="q"
                type="search"
                form="search"
                value={words}
                aria-describedby={request.faults.has('q') ? 'q-hint q-fault' : 'q-hint'}
                aria-invalid={request.faults.has('q') ? 'true' : undefined}
              />
              <button type="submit" form="search">
                {t.searchButton}
              </button>
            </div>
            <p class="hint" id="q-hint">
              {t.wordsHint}{' '}
              <a class="to-form" href="#search">
                {t.moreConditions}
              </a>
            </p>
            {request.faults.has('q') && (
              <p class="fault" id="q-fault">
                {inLanguage(request.faults.get('q'), page.language)}
              </p>
            )}
          </search>
          <Conditions page={page} request={request} />
          <Results page={page} data={data} />
        </div>
        <aside class="refine" aria-label={t.refine}>
          {result && <FacetList page={page} request={request} facets={result.facets} />}
          <h2>{t.allConditions}</h2>
          <SearchForm page={page} request={request} />
        </aside>
      </div>
    </>,
  );
}
