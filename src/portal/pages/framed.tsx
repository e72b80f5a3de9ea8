/** @jsxRuntime automatic @jsxImportSource preact */
// The frame of the site around a page whose main part a protocol has written.
import type { FramedPage } from '../../http/html-frame.ts';
import type { Page } from '../page.ts';
import { renderPage } from './layout.tsx';
import { Breadcrumb } from './parts.tsx';

export function framedPage(page: Page, framed: FramedPage): string {
  const { title, main, trail, description, canonical, alternates, noIndex } = framed;
  const steps = [[page.t.home, '/'], ...trail] as const;
  return renderPage(
    page,
    {
      title,
      ...(description === undefined ? {} : { description }),
      ...(canonical === undefined ? {} : { canonical }),
      ...(alternates === undefined ? {} : { alternates }),
      ...(noIndex === undefined ? {} : { noIndex }),
    },
    <>
      <Breadcrumb
        page={page}
        trail={steps.map(([label, path]) => ({ label, href: path === null ? null : page.to(path) }))}
      />
      {/* HTML by the contract of FramedPage, its texts escaped by the writer. */}
      <div dangerouslySetInnerHTML={{ __html: main }} />
    </>,
  );
}
