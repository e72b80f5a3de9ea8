"""OWSLib (0.35) against CSW 2.0.2 and 3.0.0. What it finds through filters is compared with what a walk over all records by the OpenSearch
door holds, counted here: a client that drops a filter, a server that ignores it, or a door that hides records is found out.

    python owslib-csw.py http://127.0.0.1:8080
"""
import json
import sys
import urllib.request

from owslib import fes, fes2
from owslib.csw import CatalogueServiceWeb

base = sys.argv[1].rstrip('/')
checked = 0


def check(found, wanted, what):
    global checked
    assert found == wanted, (what, found, wanted)
    checked += 1


def walk(address):
    features = []
    while address:
        with urllib.request.urlopen(address, timeout=60) as response:
            page = json.load(response)
        features += page['features']
        following = page['properties']['links'].get('next')
        address = following[0]['href'] if following else None
    return features


everything = walk(f'{base}/opensearch/search.json?count=500')
identifiers = {feature['properties'].get('identifier', feature['id']) for feature in everything}
assert len(identifiers) == len(everything) > 1000


def inside(feature, west, south, east, north):
    box = feature.get('bbox')
    return box is not None and box[0] <= east and box[2] >= west and box[1] <= north and box[3] >= south


def titled(word):
    return sum(feature['properties']['title'].startswith(word) for feature in everything)


for version, filters, name in (('2.0.2', fes, 'csw:Record'), ('3.0.0', fes2, 'csw30:Record')):
    csw = CatalogueServiceWeb(f'{base}/csw', version=version, timeout=60)
    check(csw.identification.type, 'CSW', 'type')
    operations = {operation.name for operation in csw.operations}
    assert {'GetCapabilities', 'GetRecords', 'GetRecordById', 'GetDomain'} <= operations, operations

    csw.getrecords2(esn='brief', maxrecords=1) if version == '2.0.2' else csw.getrecords(esn='brief', maxrecords=1)
    search = csw.getrecords2 if version == '2.0.2' else csw.getrecords
    check(csw.results['matches'], len(everything), 'all')

    # Every record once, by nextRecord alone.
    seen, position = set(), 1
    while position:
        search(esn='brief', startposition=position, maxrecords=400)
        seen |= set(csw.records)
        position = csw.results['nextrecord']
    check(seen, identifiers, 'walk')

    west, south, east, north = box = (2.0, 44.0, 4.0, 47.0)
    crs = 'urn:ogc:def:crs:EPSG::4326'
    place = filters.BBox([south, west, north, east], crs=crs)
    wanted = sum(inside(feature, *box) for feature in everything)
    assert 0 < wanted < len(everything)
    search(constraints=[place], maxrecords=5)
    check(csw.results['matches'], wanted, 'box')
    check(len(csw.records), 5, 'records of a box')
    if version == '2.0.2':  # The other class looks for the corners in the namespace of OWS 1.0.
        assert all(float(record.bbox.minx) <= east and float(record.bbox.maxy) >= south for record in csw.records.values())

    for word in ('OI2', 'Scoria', 'Radon'):
        like = filters.PropertyIsLike('dc:title', f'{word}%', wildCard='%', matchCase=True)
        search(constraints=[like], maxrecords=1)
        check(csw.results['matches'], titled(word), ('title', word))
    search(constraints=[filters.Not([place])], maxrecords=1)
    check(csw.results['matches'], len(everything) - wanted, 'not in the box')
    search(cql="type = 'series'", maxrecords=1)
    check(csw.results['matches'], len(walk(f'{base}/opensearch/search.json?count=500&level=series')), 'CQL')

    order = filters.SortBy([filters.SortProperty('dc:identifier', 'ASC')])
    search(sortby=order, esn='brief', maxrecords=50)
    check(list(csw.records), sorted(identifiers)[:50], 'order')

    some = sorted(identifiers)[100]
    csw.getrecordbyid(id=[some])
    assert some.encode() in csw.response, some
    # The other class looks below the root, where 3.0 has the record itself, and takes no other document.
    if version == '2.0.2':
        check([record.identifier for record in csw.records.values()], [some], 'by identifier')
        csw.getrecordbyid(id=[some], outputschema='http://www.isotc211.org/2005/gmd')
        check([record.identifier for record in csw.records.values()], [some], 'as ISO 19139')

csw = CatalogueServiceWeb(f'{base}/csw', version='2.0.2', timeout=60)
csw.getdomain('GetRecords.resultType')
check(sorted(csw.results['values']), ['hits', 'results', 'validate'], 'parameter')
csw.getdomain('service', dtype='property')
check(len([name for name in csw.results['values'] if name != 'service']), 16, 'services')
csw.getrecords2(outputschema='http://www.isotc211.org/2005/gmd', esn='full', maxrecords=30)
check(len(csw.records), 30, 'ISO records')
csw.describerecord(typename='csw:Record', format='application/xml')
csw.getrecordbyid(id=['urn:nobody'])
check(len(csw.records), 0, 'unknown')

print(f'{checked} answers of CSW 2.0.2 and 3.0.0 agree with a walk over all records')
