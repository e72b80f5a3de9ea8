"""pystac-client (0.9) and pystac (1.15, with the STAC 1.1 JSON Schemas that it ships) against the STAC door. What a search finds is compared
with what a plain walk over all items holds, filtered here; every collection and a share of the items are validated against the schemas.

    python pystac-client.py http://127.0.0.1:8080
"""
import json
import sys
import urllib.request
import warnings
from collections import Counter

import pystac
from pystac_client import Client
from pystac_client.exceptions import APIError

# Every warning is a link or a conformance class that the client misses.
warnings.simplefilter('error')
base = sys.argv[1].rstrip('/')


def get(address):
    with urllib.request.urlopen(address, timeout=60) as response:
        return json.load(response)


def walk(address):
    """Every item, by the next links of plain GET requests."""
    items = []
    while address:
        page = get(address)
        items += page['features']
        address = next((link['href'] for link in page['links'] if link['rel'] == 'next'), None)
    assert len({item['id'] for item in items}) == len(items) == page['numberMatched'], address
    return items


def valid(document):
    """Against the core schemas alone: those of the extensions are elsewhere."""
    pystac.validation.validate_dict({**document, 'stac_extensions': []})


checked = 0
client = Client.open(f'{base}/stac')
for name in ('CORE', 'COLLECTIONS', 'FEATURES', 'ITEM_SEARCH', 'FIELDS', 'SORT', 'FILTER', 'QUERY', 'COLLECTION_SEARCH'):
    assert client.conforms_to(name), name
valid(client.to_dict())

everything = walk(f'{base}/stac/search?limit=500')
by_collection = Counter(item['collection'] for item in everything)
collections = {collection.id: collection for collection in client.get_collections()}
assert set(by_collection) <= set(collections) and len(collections) >= 16, collections
for name, collection in collections.items():
    valid(collection.to_dict(transform_hrefs=False))
    assert client.get_collection(name).title == collection.title
    found = client.search(collections=[name], method='GET', limit=200)
    assert found.matched() == by_collection[name], name
    checked += 1
for item in everything[:: max(1, len(everything) // 300)]:
    valid(item)
    checked += 1

# The same by POST and GET, page by page.
oi2 = [item for item in everything if item['collection'] == 'oi2']
for method in ('POST', 'GET'):
    found = client.search(collections=['oi2'], method=method, limit=50)
    assert {item.id for item in found.items()} == {item['id'] for item in oi2}, method
    checked += 1
[one] = client.search(ids=[oi2[0]['id']]).items()
assert one.to_dict(transform_hrefs=False)['properties'] == oi2[0]['properties']
assert client.get_collection('oi2').get_item(one.id).id == one.id
assert one.get_collection().id == 'oi2'

box = (55.0, -22.0, 56.0, -21.0)


def touches(item):
    west, south, east, north = item.get('bbox') or (1, 1, 0, 0)
    return west <= box[2] and east >= box[0] and south <= box[3] and north >= box[1]


def begins(item):
    return item['properties'].get('start_datetime') or item['properties']['datetime']


pairs = [item for item in oi2 if 'sar:frequency_band' in item['properties']]
questions = [
    ({'bbox': box, 'collections': ['oi2']}, [item for item in oi2 if touches(item)]),
    ({'datetime': '2016-01-01T00:00:00Z/2017-01-01T00:00:00Z', 'collections': ['oi2']},
     [item for item in oi2 if begins(item) <= '2017-01-01T00:00:00Z'
      and (item['properties'].get('end_datetime') or begins(item)) >= '2016-01-01T00:00:00Z'
      and item['properties'].get('vobs:period') != 'unknown']),
    ({'filter': "sat:orbit_state = 'descending' AND sar:frequency_band = 'X'", 'filter_lang': 'cql2-text', 'method': 'GET'},
     [item for item in pairs if item['properties']['sat:orbit_state'] == 'descending'
      and item['properties']['sar:frequency_band'] == 'X']),
    ({'filter': {'op': '=', 'args': [{'property': 'constellation'}, 'alos']}},
     [item for item in oi2 if item['properties'].get('constellation') == 'alos']),
    ({'query': {'gsd': {'lt': 10}}, 'collections': ['oi2']}, [item for item in oi2 if item['properties'].get('gsd', 99) < 10]),
]
for question, wanted in questions:
    found = client.search(**question)
    assert wanted, question
    assert found.matched() == len(wanted), (question, found.matched(), len(wanted))
    assert {item.id for item in found.items()} == {item['id'] for item in wanted}, question
    checked += 1

ordered = list(client.search(collections=['oi2'], sortby=['-properties.datetime'], fields=['properties.title', '-assets'], max_items=120).items())
# A page goes from the latest begin backwards; the fields that were not asked are not there.
starts = [item.common_metadata.start_datetime or item.datetime for item in ordered]
assert starts == sorted(starts, reverse=True) and not any(item.assets for item in ordered)
assert 'oi2' in {collection.id for collection in client.collection_search(q='interferometry').collections()}
try:
    client.search(filter="nosuch = 'x'", filter_lang='cql2-text', method='GET').matched()
except APIError as refused:
    assert 'nosuch' in str(refused)
else:
    raise AssertionError('a property that does not exist is taken')
checked += 3

print(f'{checked} searches and documents agree with a walk over all {len(everything)} items')
