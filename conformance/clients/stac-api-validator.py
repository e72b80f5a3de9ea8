"""stac-api-validator (0.6.8) against the STAC door. It fetches JSON Schemas: those of the core come from pystac, which ships them, those of
GeoJSON too; those of the extensions are elsewhere and count as fulfilled (the items' own test looks at the extensions).

    python stac-api-validator.py http://127.0.0.1:8080
"""
import json
import logging
import sys
import urllib.parse
from importlib.resources import files

import requests
from requests.adapters import HTTPAdapter

base = sys.argv[1].rstrip('/')
schemas = files('pystac') / 'validation' / 'jsonschemas'
asked = {'core': 0, 'extension': 0, 'server': 0}
send = HTTPAdapter.send


def schema_for(url):
    """The text of a schema; None: it is no schema's address."""
    parts = urllib.parse.urlparse(url)
    name = parts.path.rsplit('/', 1)[-1]
    if parts.hostname == 'stac-extensions.github.io':
        asked['extension'] += 1
        return '{}'
    if parts.hostname == 'geojson.org':
        return (schemas / 'geojson' / name).read_text()
    if parts.hostname == 'schemas.stacspec.org':
        asked['core'] += 1
        return (schemas / 'stac-spec' / 'v1.1.0' / name).read_text()
    return None


def answer(self, request, **more):
    text = schema_for(request.url)
    if text is None:
        assert request.url.startswith(base), f'asks {request.url}'
        asked['server'] += 1
        return send(self, request, **more)
    response = requests.Response()
    response.status_code = 200
    response.url = request.url
    response.request = request
    response._content = text.encode()
    response.headers['Content-Type'] = 'application/json'
    return response


HTTPAdapter.send = answer
logging.disable(logging.INFO)

from stac_api_validator.__main__ import main  # noqa: E402

EARTH = {'type': 'Polygon', 'coordinates': [[[-180, -90], [180, -90], [180, 90], [-180, 90], [-180, -90]]]}
# Its tests of sort, fields and query are left out: they take `datetime` for a text (it is null beside a period), want less than the baseline
# that the fields extension keeps, and send `collections` of a POST as a text.
CLASSES = ['core', 'collections', 'features', 'item-search', 'filter']
options = {'root-url': f'{base}/stac', 'collection': 'oi2', 'geometry': json.dumps(EARTH)}
arguments = [part for name in CLASSES for part in ('--conformance', name)]
arguments += [part for name, value in options.items() for part in (f'--{name}', value)]
try:
    main(arguments)
except SystemExit as end:
    if end.code:
        raise
# Everything was asked for, and what is counted by collection is what a search finds.
matched = requests.get(f'{base}/stac/search?limit=1', timeout=60).json()['numberMatched']
[counted] = requests.get(f'{base}/stac/aggregate?aggregations=collection_frequency', timeout=60).json()['aggregations']
assert sum(bucket['frequency'] for bucket in counted['buckets']) == matched > 1000, matched
assert asked['core'] > 5 and asked['server'] > 100, asked
print(f"{asked['server']} requests over {matched} items, no error")
