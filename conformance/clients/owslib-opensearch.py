"""OWSLib (0.35) against the OpenSearch description of each service. What it finds through a filter is compared with what a plain walk
over all pages of the service holds, filtered here: a client that drops a filter, or a server that ignores it, is found out.

    python owslib-opensearch.py http://127.0.0.1:8080
"""
import json
import logging
import sys
import urllib.request

from owslib.opensearch import OpenSearch

logging.disable(logging.WARNING)
base = sys.argv[1].rstrip('/')
ATOM, JSON = 'application/atom+xml', 'application/json'


def get(address):
    with urllib.request.urlopen(address, timeout=60) as response:
        return json.load(response)


def walk(address):
    """Every feature of a search, by its next links."""
    features = []
    while address:
        page = get(address)
        features += page['features']
        following = page['properties']['links'].get('next')
        address = following[0]['href'] if following else None
    assert len({feature['id'] for feature in features}) == len(features) == page['totalResults'], address
    return features


def inside(feature, west, south, east, north):
    geometry = feature['geometry']
    if geometry is None or geometry['type'] != 'Point':
        return False
    longitude, latitude = geometry['coordinates'][:2]
    return west <= longitude <= east and south <= latitude <= north


checked = 0
for service in get(f'{base}/opensearch/search.json?level=series&count=500')['features']:
    name = service['properties']['collection']
    everything = walk(f'{base}/opensearch/{name}/search.json?count=500')
    client = OpenSearch(f'{base}/opensearch/{name}/osdd.xml')
    assert client.description.tags, name
    assert client.search(JSON, count='0')['totalResults'] == len(everything), name

    points = [f for f in everything if f['geometry'] and f['geometry']['type'] == 'Point']
    if points and len(points) == len(everything):
        longitude, latitude = points[0]['geometry']['coordinates'][:2]
        box = (longitude - 0.3, latitude - 0.3, longitude + 0.3, latitude + 0.3)
        wanted = sum(inside(f, *box) for f in everything)
        given = ','.join(f'{side:.6f}' for side in box)
        assert client.search(JSON, box=given, count='1', georel='intersects')['totalResults'] == wanted, (name, 'box')
        feed = client.search(ATOM, box=given, count='500')
        assert len(feed['features']) == min(wanted, 500), (name, 'box in Atom')
        checked += 2

    for code in {f['properties']['access'] for f in everything}:
        wanted = sum(f['properties']['access'] == code for f in everything)
        found = client.search(JSON, access=code, count='1')['totalResults']
        assert found == wanted, (name, 'access', code, found, wanted)
        checked += 1

    if everything:
        try:
            client.search(ATOM, access='no such value')
        except RuntimeError:
            checked += 1
        else:
            raise AssertionError((name, 'the Options of access are not seen'))

assert checked > 20, checked
print(f'{checked} filtered searches agree with a walk over all records')
