import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { linkHeader } from '../../../src/http/link-header.ts';

const header = suite('Link header');

header('several links, in order, with their parameters', () => {
  assert.is(
    linkHeader([
      { rel: 'next', href: 'https://data.example.org/a?b=1&c=2', type: 'application/atom+xml' },
      { rel: 'alternate', href: '/x', title: 'A "b" \\ c', hreflang: 'fr' },
    ]),
    '<https://data.example.org/a?b=1&c=2>; rel="next"; type="application/atom+xml", ' +
      '</x>; rel="alternate"; hreflang="fr"; title="A \\"b\\" \\\\ c"',
  );
  assert.is(linkHeader([]), '');
});

header('nothing can break out of the header', () => {
  const text = linkHeader([{ rel: 'self', href: 'https://x/é>\r\nSet-Cookie: a=b,<y>?q="%20', title: 'été\r\n(*)' }]);
  assert.is(linkHeader([{ rel: 'self', href: '/\ud800' }]), '</%EF%BF%BD>; rel="self"');
  assert.match(text, /^[\x20-\x7e]+$/);
  assert.is(
    text,
    '<https://x/%C3%A9%3E%0D%0ASet-Cookie:%20a=b,%3Cy%3E?q=%22%20>; rel="self"; title*=UTF-8\'\'%C3%A9t%C3%A9%0D%0A%28%2A%29',
  );
});

header.run();
