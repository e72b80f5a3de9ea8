"""Sickle (0.7) against OAI-PMH: every verb, a full harvest in two prefixes, each set, an incremental harvest of each kind of date. What it
counts is compared with the totals of OpenSearch, which it learns from another door.

    python sickle-oai.py http://127.0.0.1:8080
"""
import json
import sys
import urllib.request

from sickle import Sickle
from sickle.oaiexceptions import BadArgument, CannotDisseminateFormat, IdDoesNotExist, NoRecordsMatch

base = sys.argv[1].rstrip('/')


def total(query):
    with urllib.request.urlopen(f'{base}/opensearch/search.json?count=0{query}', timeout=60) as response:
        return json.load(response)['totalResults']


def harvest(**arguments):
    """Identifier → header or record; nothing comes twice."""
    found = {}
    try:
        for item in oai.ListRecords(**arguments) if records else oai.ListIdentifiers(**arguments):
            header = item.header if records else item
            assert header.identifier not in found, header.identifier
            found[header.identifier] = item
    except NoRecordsMatch:
        pass
    return found


def live(found):
    return {key for key, item in found.items() if not (item.header if records else item).deleted}


oai = Sickle(f'{base}/oai', timeout=60)
identify = oai.Identify()
assert identify.protocolVersion == '2.0' and identify.deletedRecord == 'persistent', identify
assert identify.granularity == 'YYYY-MM-DDThh:mm:ssZ'

prefixes = [form.metadataPrefix for form in oai.ListMetadataFormats()]
assert {'oai_dc', 'iso19139', 'gmd'} <= set(prefixes), prefixes

records = True
everything = harvest(metadataPrefix='oai_dc')
assert len(live(everything)) == total(''), (len(live(everything)), total(''))
assert live(harvest(metadataPrefix='iso19139')) == live(everything)
for key in live(everything):
    metadata = everything[key].metadata
    assert metadata['title'] and metadata['identifier'] and metadata['date'] and metadata['type'] and metadata['creator'], key

records = False
assert live(harvest(metadataPrefix='oai_dc')) == live(everything)
sets = [entry.setSpec for entry in oai.ListSets()]
services = [spec for spec in sets if spec.startswith('service:')]
union = set()
for spec in services:
    found = live(harvest(metadataPrefix='oai_dc', set=spec))
    name = spec.split(':')[1]
    with urllib.request.urlopen(f'{base}/opensearch/{name}/search.json?count=0', timeout=60) as response:
        wanted = json.load(response)['totalResults']
    assert len(found) in (wanted, wanted + 1), (spec, len(found), wanted)
    union |= found
# Records of web services belong to no observation service.
assert union | live(harvest(metadataPrefix='oai_dc', set='type:service')) == live(everything)
levels = {spec: live(harvest(metadataPrefix='oai_dc', set=spec)) for spec in sets if spec.startswith('type:')}
assert len(levels['type:series']) == total('&level=series'), len(levels['type:series'])
assert set().union(*levels.values()) == live(everything)

stamps = sorted(everything[key].header.datestamp for key in everything)
assert identify.earliestDatestamp <= stamps[0]
middle = stamps[len(stamps) // 2]
for date in (middle, middle[:10]):
    later = harvest(metadataPrefix='oai_dc', **{'from': date})
    earlier = harvest(metadataPrefix='oai_dc', until=date)
    assert set(later) == {key for key in everything if everything[key].header.datestamp[:len(date)] >= date}, date
    assert set(earlier) == {key for key in everything if everything[key].header.datestamp[:len(date)] <= date}, date

sample = next(iter(everything))
for prefix in prefixes:
    record = oai.GetRecord(identifier=sample, metadataPrefix=prefix)
    assert record.header.identifier == sample and len(record.xml.findall('.//{*}metadata/*')) == 1, prefix

for fault, call in (
    (IdDoesNotExist, lambda: oai.GetRecord(identifier=sample + 'x', metadataPrefix='oai_dc')),
    (CannotDisseminateFormat, lambda: oai.GetRecord(identifier=sample, metadataPrefix='none')),
    (BadArgument, lambda: oai.ListRecords(metadataPrefix='oai_dc', **{'from': 'yesterday'}).next()),
    (NoRecordsMatch, lambda: oai.ListRecords(metadataPrefix='oai_dc', until='1900-01-01').next()),
):
    try:
        call()
    except fault:
        continue
    raise AssertionError(f'no {fault.__name__}')

print(f'{len(everything)} records harvested as oai_dc and as iso19139, {len(sets)} sets, {len(prefixes)} prefixes; totals as OpenSearch has them')
