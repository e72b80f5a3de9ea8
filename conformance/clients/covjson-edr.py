"""covjson-pydantic (0.8) reads what EDR gives: every answer is a coverage or a collection of coverages of that model, but for the axes that
it does not know (range gates, size classes), which the standard leaves open. Values are compared with the GeoJSON of the same query, and with
what the demo is known to have.

    python covjson-edr.py http://127.0.0.1:8080
"""
import json
import sys
import urllib.error
import urllib.parse
import urllib.request
from types import SimpleNamespace

from covjson_pydantic.coverage import Coverage, CoverageCollection
from covjson_pydantic.domain import DomainType

base = sys.argv[1].rstrip('/') + '/edr'


def ask(path, **query):
    address = f'{base}{path}?{urllib.parse.urlencode(query)}'
    with urllib.request.urlopen(address, timeout=60) as response:
        return response.status, response.headers.get_content_type(), response.read()


def plain(member):
    """A coverage with axes of its own, with the members that are looked at below."""
    axes = {'t': None, 'composite': None, **{name: SimpleNamespace(**axis) for name, axis in member['domain']['axes'].items()}}
    ranges = {name: SimpleNamespace(**own) for name, own in member['ranges'].items()}
    return SimpleNamespace(id=member['id'], domain=SimpleNamespace(axes=SimpleNamespace(**axes)), ranges=ranges)


KNOWN_AXES = {'x', 'y', 'z', 't', 'composite'}
modelled = 0


def coverages(path, **query):
    global modelled
    status, media_type, body = ask(path, **query)
    assert status == 200 and media_type == 'application/prs.coverage+json', (path, status, media_type)
    document = json.loads(body)
    single = document['type'] == 'Coverage'
    members = [document] if single else document['coverages']
    if not all(set(member['domain']['axes']) <= KNOWN_AXES for member in members):
        return [plain(member) for member in members]
    modelled += len(members)
    return [Coverage.model_validate_json(body)] if single else CoverageCollection.model_validate_json(body).coverages


def features(path, **query):
    status, media_type, body = ask(path, f='GeoJSON', **query)
    assert status == 200 and media_type == 'application/geo+json', (path, status, media_type)
    return json.loads(body)['features']


counted = 0
collections = json.loads(ask('/collections')[2])['collections']
by_id = {collection['id']: collection for collection in collections}
assert {'copdd', 'voldorad', 'airborne', 'auverwatch', 'lidar'} <= set(by_id), by_id.keys()

# One series of every collection, as coverage and as features.
for name, collection in by_id.items():
    places = features(f'/collections/{name}/locations')
    assert places, name
    place = places[-1]['id']
    coverage, = coverages(f'/collections/{name}/locations/{place}')
    axes = coverage.domain.axes
    rows = len((axes.t or axes.composite).values)
    assert rows == len(features(f'/collections/{name}/locations/{place}')), (name, place)
    assert set(collection['parameter_names']) & set(coverage.ranges), (name, coverage.ranges.keys())
    counted += rows

# Hours of a leap year's February at the top of the puy de Dome, by position.
point = 'POINT(2.9649 45.7722)'
february = {'coords': point, 'datetime': '2024-02-01/2024-02-29', 'parameter-name': 'temperature'}
hourly = [c for c in coverages('/collections/copdd/position', **february) if len(c.domain.axes.t.values) == 29 * 24]
assert hourly and all(c.domain.domainType == DomainType.point_series for c in hourly), len(hourly)
warm = max(value for c in hourly for value in c.ranges['temperature'].values if value is not None)
assert -20 < warm < 30, warm
counted += sum(len(c.domain.axes.t.values) for c in hourly)

# The paroxysm: gates are an axis.
radar = coverages('/collections/voldorad/position', coords='POINT(15 37.72)', datetime='2015-12-03T01:30:00Z/2015-12-03T03:30:00Z')
assert len(radar) >= 6 and all(c.ranges['power_pos'].axisNames == ['t', 'gate'] for c in radar), len(radar)
assert max(value for c in radar for value in c.ranges['vmax_pos'].values if value is not None) > 50
counted += len(radar)

# Flights in a box of the south-west of France: every row lies in it.
box = 'POLYGON((0 43,3 43,3 45,0 45,0 43))'
flights = features('/collections/airborne/area', coords=box)
assert flights and all(0 <= f['geometry']['coordinates'][0] <= 3 and 43 <= f['geometry']['coordinates'][1] <= 45 for f in flights)
tracks = coverages('/collections/airborne/area', coords=box)
counted += len(flights)

# For drawing: few rows, the extremes of all.
place = hourly[0].id.rsplit('/', 1)[1]
few, = coverages(f'/collections/copdd/locations/{place}', points=400, **{'parameter-name': 'temperature'})
whole, = coverages(f'/collections/copdd/locations/{place}', **{'parameter-name': 'temperature'})
known = [[v for v in c.ranges['temperature'].values if v is not None] for c in (few, whole)]
assert len(known[0]) < 500 and len(known[1]) > 30_000, [len(k) for k in known]
assert max(known[0]) == max(known[1]) and min(known[0]) == min(known[1])

# Nothing there, nothing asked.
assert ask('/collections/copdd/position', coords='POINT(0 0)')[0] == 204
for wrong in ({}, {'coords': ''}, {'coords': 'POINT()'}, {'coords': 'POLYGON((0 0,1 0,1 1,0 0))'}):
    try:
        ask('/collections/copdd/position', **wrong)
        raise AssertionError(wrong)
    except urllib.error.HTTPError as error:
        assert error.code == 400 and error.headers.get_content_type() == 'application/problem+json'

assert modelled >= 10, modelled
print(f'{len(by_id)} collections, {modelled} coverages of the model, {counted} rows and series, {len(tracks)} tracks')
