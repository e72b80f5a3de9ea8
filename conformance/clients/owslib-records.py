"""OWSLib (0.35) against OGC API Records. What it finds by words, box, time, property and CQL2 filter is compared with what a plain walk over
all pages holds, filtered here; the numbers are the demo catalogue's own.

    python owslib-records.py http://127.0.0.1:8080
"""
import json
import logging
import sys
import urllib.request

from owslib.ogcapi.records import Records

logging.disable(logging.WARNING)
base = sys.argv[1].rstrip('/')


def get(address):
    with urllib.request.urlopen(address, timeout=60) as response:
        return json.load(response)


def walk(collection):
    """Every record of a collection, by its next links."""
    features, address = [], f'{base}/collections/{collection}/items?limit=1000'
    while address:
        page = get(address)
        features += page['features']
        address = next((link['href'] for link in page['links'] if link['rel'] == 'next'), None)
    assert len({feature['id'] for feature in features}) == len(features) == page['numberMatched'], collection
    return features


def inside(feature, west, south, east, north):
    box = feature.get('bbox')
    return box is not None and box[0] <= east and box[2] >= west and box[1] <= north and box[3] >= south


client = Records(base)
assert client.api()['openapi'].startswith('3.0'), 'description of the API'
classes = client.conformance()['conformsTo']
for name in ('record-core', 'record-collection', 'record-api'):
    assert f'http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/{name}' in classes, name

collections = client.records()
assert collections[0] == 'records' and len(collections) == len(client.collections()['collections']) > 10, collections
assert client.feature_collections() == [], 'records are no features of a map'

everything = walk('records')
assert client.collection_items('records', limit=1)['numberMatched'] == len(everything)
by_service = {}
for record in everything:
    if record['properties']['type'] == 'dataset':
        by_service.setdefault(record['properties']['service'], []).append(record)
checked = 0
for name in collections[1:]:
    members = by_service.get(name, [])
    assert client.collection(name)['itemType'] == 'record', name
    assert 'updated' in client.collection_queryables(name)['properties'], name
    assert client.collection_items(name, limit=1)['numberMatched'] == len(members), name
    placed = [record for record in members if record.get('bbox')]
    if placed:
        west, south, east, north = placed[0]['bbox']
        box = [west - 0.3, south - 0.3, east + 0.3, north + 0.3]
        points = all(record['geometry']['type'] == 'Point' for record in placed)
        found = client.collection_items(name, bbox=box, limit=1000)
        wanted = {record['id'] for record in placed if inside(record, *box)}
        given = {record['id'] for record in found['features']}
        assert given == wanted if points and len(wanted) <= 1000 else given <= wanted, (name, 'box')
        checked += 1
    for access in {record['properties']['access'] for record in members}:
        wanted = sum(record['properties']['access'] == access for record in members)
        assert client.collection_items(name, access=access, limit=1)['numberMatched'] == wanted, (name, access)
        assert client.collection_items(name, filter=f"access = '{access}'", limit=1)['numberMatched'] == wanted, (name, access)
        checked += 2
    for record in members[:2]:
        alone = client.collection_item(name, record['id'])
        assert alone['properties'] == record['properties'], record['id']
        checked += 1

high = client.collection_items('records', filter='elevation > 2000', limit=1)['numberMatched']
assert high == sum(record['properties'].get('elevation', 0) > 2000 for record in everything) > 0, high
titles = [record['properties']['title'] for record in client.collection_items('records', sortby=('title', 'desc'), limit=50)['features']]
assert len(titles) == 50 and titles[0] > titles[-1], titles[:3]
second = client.collection_items('records', limit=20, offset=20)['features']
assert [record['id'] for record in second] == [record['id'] for record in everything[20:40]], 'offset'
words = client.collection_items('records', q='lava', limit=1)['numberMatched']
both = client.collection_items('records', q='lava,radar', limit=1)['numberMatched']
assert 0 < words < both < len(everything), (words, both)
try:
    client.collection_items('records', nosuch='parameter')
except RuntimeError:
    checked += 1
else:
    raise AssertionError('an undeclared parameter was taken')

assert checked > 60, checked
print(f'{checked} answers agree with a walk over all {len(everything)} records')
