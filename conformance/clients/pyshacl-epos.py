"""pySHACL over every Turtle file that EPOS is given, in both versions of the profile, against the published shapes: no violation. The shapes
come from the folder in EPOS_SHAPES, else from ../shared/samples/epos-dcat-ap beside the checkout; without them the files are still read
as strict Turtle and held to rules of our own, and the last line says that the shapes were not there.

    python pyshacl-epos.py http://127.0.0.1:8080
"""
import os
import pathlib
import sys
import urllib.request

from pyshacl import validate
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, SH

base = sys.argv[1].rstrip('/')
HYDRA = Namespace('http://www.w3.org/ns/hydra/core#')
EPOS = Namespace('https://www.epos-eu.org/epos-dcat-ap#')
beside = pathlib.Path(__file__).resolve().parents[3] / 'shared' / 'samples' / 'epos-dcat-ap'
folder = pathlib.Path(os.environ.get('EPOS_SHAPES') or beside)
SHAPES = {'v3': 'epos-dcat-ap_v3.0.0_shacl.ttl', 'v1': 'epos-dcat-ap_v1_shapes.ttl'}


def fetch(address):
    with urllib.request.urlopen(address, timeout=60) as response:
        assert response.headers['Content-Type'].split(';')[0] in ('text/turtle', 'text/plain'), address
        return response.read().decode('utf-8')


def own_rules(graph, address, profile):
    """What the ingestor needs whatever the shapes say."""
    service = DCAT.DataService if profile == 'v3' else EPOS.WebService
    for kind in (DCAT.Dataset, DCAT.Distribution, service, HYDRA.Operation, HYDRA.IriTemplate):
        assert any(graph.subjects(RDF.type, kind)), (address, kind)
    for subject, _, value in graph:
        for term in (subject, value):
            if isinstance(term, URIRef):
                assert ':' in term and ' ' not in term, (address, term)
    for dataset in graph.subjects(RDF.type, DCAT.Dataset):
        assert len(list(graph.objects(dataset, DCTERMS.identifier))) == 1, (address, dataset)


checked = violations = warnings = 0
for profile, name in SHAPES.items():
    shapes = folder / name
    query = '' if profile == 'v3' else '?profile=v1'
    addresses = fetch(f'{base}/epos/index.txt{query}').split()
    assert len(addresses) == 9 and len(set(addresses)) == 9, addresses
    for address in [*addresses, f'{base}/epos/catalog.ttl{query}']:
        graph = Graph().parse(data=fetch(address), format='turtle')
        own_rules(graph, address, profile)
        checked += 1
        if not shapes.exists():
            continue
        _, report, text = validate(graph, shacl_graph=str(shapes), shacl_graph_format='turtle', inference='none')
        for result in report.subjects(RDF.type, SH.ValidationResult):
            if report.value(result, SH.resultSeverity) == SH.Violation:
                violations += 1
                print(address, report.value(result, SH.resultPath), report.value(result, SH.resultMessage), report.value(result, SH.focusNode))
            else:
                warnings += 1
assert violations == 0, violations
have = all((folder / name).exists() for name in SHAPES.values())
print(
    f'{checked} files, {violations} violations, {warnings} warnings'
    if have
    else f'{checked} files held to our own rules; no shapes in {folder}, so SHACL was skipped'
)
