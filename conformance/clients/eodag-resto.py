"""EODAG against the resto facade: its own providers `peps` (4.0.0) or `sara` (4.7.1), unmodified but for the endpoint, and a provider made
for the observatory. What they count is compared with OpenSearch, what they download with the old data address or the STAC item: all are other doors.

    python eodag-resto.py peps|sara http://127.0.0.1:8080
"""
import base64
import hashlib
import json
import os
import sys
import tempfile
import urllib.parse
import urllib.request

provider, base = sys.argv[1], sys.argv[2].rstrip('/')
name, password = os.environ['CLIENT_LOGIN'].split(':')
endpoint = f'{base}/resto/api/collections/{{_collection}}/search.json'
# Nothing is fetched from anywhere but the server under test.
os.environ['EODAG_EXT_COLLECTIONS_CFG_FILE'] = ''
os.environ['HOME'] = tempfile.mkdtemp()
os.environ[f'EODAG__{provider.upper()}__SEARCH__API_ENDPOINT'] = endpoint
os.environ[f'EODAG__{provider.upper()}__AUTH__CREDENTIALS__USERNAME'] = name
os.environ[f'EODAG__{provider.upper()}__AUTH__CREDENTIALS__PASSWORD'] = password

from eodag import EODataAccessGateway  # noqa: E402

OWN = f"""
opgc:
    name: opgc
    priority: 10
    roles: [host]
    url: {base}
    search:
      type: QueryStringSearch
      api_endpoint: '{endpoint}'
      need_auth: false
      pagination:
        next_page_url_tpl: '{{url}}?{{search}}&maxRecords={{limit}}&page={{next_page_token}}'
        next_page_token_key: page
        total_items_nb_key_path: '$.properties.totalResults'
        max_limit: 500
      discover_metadata:
        auto_discovery: true
        metadata_pattern: '^(?!collection)[a-zA-Z0-9_]+$'
        search_param: '{{metadata}}={{{{{{metadata}}}}}}'
        metadata_path: '$.properties.*'
      metadata_mapping:
        uid: '$.id'
        title: '$.properties.title'
        product:type: [productType, '$.properties.productType']
        start_datetime: [startDate, '$.properties.startDate']
        end_datetime: [completionDate, '$.properties.completionDate']
        id: ['productIdentifier={{id#remove_extension}}', '$.properties.productIdentifier']
        geometry: ['geometry={{geometry#to_rounded_wkt}}', '$.geometry']
        eodag:quicklook: '$.properties.quicklook'
        eodag:download_link: '$.properties.services.download.url'
    products:
      GENERIC_COLLECTION: {{_collection: '{{collection}}'}}
    download: {{type: HTTPDownload, extract: false}}
    auth: {{type: GenericAuth, matching_url: '{base}', credentials: {{username: '{name}', password: '{password}'}}}}
"""


def fetch(path):
    with urllib.request.urlopen(f'{base}{path}', timeout=60) as response:
        return response.read()


def counted(service, **query):
    """Total of the same question at the OpenSearch door."""
    given = urllib.parse.urlencode({'count': '0', **query})
    return json.loads(fetch(f'/opensearch/{service}/search.json?{given}'))['totalResults']


def feature(path):
    return json.loads(fetch(f'/resto/collections/{path}.json'))


def with_login(address):
    request = urllib.request.Request(address)
    request.add_header('Authorization', 'Basic ' + base64.b64encode(f'{name}:{password}'.encode()).decode())
    with urllib.request.urlopen(request, timeout=60) as response:
        return response.read()


def elsewhere(service, shown, body):
    """The same data by another door: rows by their old address, a file by the asset of the STAC item."""
    if shown['services']['download']['mimeType'] == 'application/json':
        [row] = json.loads(body)
        return with_login(f"{base}/rest2/req.php/{service}/data/id/{row['id']}")
    page = next(link['href'] for link in shown['links'] if link['type'] == 'text/html')
    if shown['services']['download']['mimeType'] == 'text/csv':
        number = page.rsplit(':', 1)[1]
        return with_login(f'{base}/rest2/req.php/{service}/data/id/{number}/csv')
    item = json.loads(with_login(f'{page}?f=stac-item'))
    data = [asset for asset in item['assets'].values() if 'data' in asset.get('roles', [])]
    return with_login(next(asset['href'] for asset in data if asset.get('file:size') == len(body)))


gateway = EODataAccessGateway()
gateway.update_providers_config(OWN)
BOX = {'lonmin': 55.6, 'latmin': -21.36, 'lonmax': 55.75, 'latmax': -21.2}
WKT = 'POLYGON((55.6 -21.36,55.75 -21.36,55.75 -21.2,55.6 -21.2,55.6 -21.36))'
PERIOD = {'start': '2015-01-01', 'end': '2016-12-31T23:59:59Z'}
searches = downloads = files = 0


def search(who, collection, limit=20, **criteria):
    global searches
    searches += 1
    return gateway.search(provider=who, collection=collection, count=True, raise_errors=True, limit=limit, **criteria)


for who in (provider, 'opgc'):
    for collection, service in (('OI2', 'oi2'), ('dynvolc', 'dynvolc')):
        found = search(who, collection, limit=50)
        total = counted(service)
        assert found.number_matched == total and len(found) == 50, (who, collection, found.number_matched, total)

        everything = [product for page in gateway.search_iter_page(provider=who, collection=collection, limit=100) for product in page]
        assert len(everything) == total, (who, collection, 'pages', len(everything), total)
        assert len({product.properties['uid'] for product in everything}) == total, (who, collection, 'twice')

        narrow = search(who, collection, geom=BOX, **PERIOD)
        wanted = counted(service, geometry=WKT, start=PERIOD['start'], end=PERIOD['end'])
        assert 0 < wanted < total and narrow.number_matched == wanted, (who, collection, narrow.number_matched, wanted)

        product = found[0]
        same = search(who, collection, id=product.properties['id'])
        assert product.properties['uid'] in [one.properties['uid'] for one in same], (who, collection, 'by id')
        assert {one.properties['id'] for one in same} == {product.properties['id']}, (who, collection, 'by id')

        path = gateway.download(product, output_dir=tempfile.mkdtemp(), extract=False)
        body = open(path, 'rb').read() if os.path.isfile(path) else None
        if body is None:
            inner = [os.path.join(root, file) for root, _, files in os.walk(path) for file in files]
            assert len(inner) == 1, inner
            body = open(inner[0], 'rb').read()
        shown = feature(f"{collection}/{product.properties['uid']}")['properties']
        if shown['resourceSize'] is not None:
            assert len(body) == shown['resourceSize'], (who, collection, len(body), shown['resourceSize'])
            algorithm, _, digest = shown['services']['download']['checksum'].partition('=')
            assert hashlib.new(algorithm, body).hexdigest() == digest, (who, collection, algorithm)
        assert elsewhere(service, shown, body) == body, (who, collection, 'another body')
        downloads += 1
        if shown['services']['download']['mimeType'] != 'application/json':
            files += 1

    radar = search(who, 'OI2', **{'product:type': 'INTERFEROGRAM'})
    assert radar.number_matched == counted('oi2', product='INTERFEROGRAM'), (who, radar.number_matched)
    own = search(who, 'OI2', sat='ALOS')
    assert own.number_matched == counted('oi2', sat='ALOS') > 0, (who, own.number_matched)

ascending = search(provider, 'OI2', **{'sat:orbit_state': 'ascending'})
assert ascending.number_matched == counted('oi2', mode='Asc.') > 0, ascending.number_matched
assert all(one.properties['sat:orbit_state'] == 'ascending' for one in ascending)
platform = search(provider, 'OI2', platform='S1')
assert platform.number_matched == counted('oi2', sat='SENTINEL') > 0, platform.number_matched
print(f'{provider}: {searches} searches agree with OpenSearch, {downloads} downloads with another door, {files} of them files')
