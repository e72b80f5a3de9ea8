"""hapiclient (0.3) reads series of the demo catalogue from the HAPI door, as binary and as csv. What it gets is compared with what the
records of EDR hold at the same place and time, and with what the demo is known to have.

    python hapiclient-series.py http://127.0.0.1:8080
"""
import json
import sys
import tempfile
import urllib.request

import numpy
from hapiclient import hapi, hapitime2datetime

base = sys.argv[1].rstrip('/')
server = f'{base}/hapi'
options = {'logging': False, 'usecache': False, 'cache': False, 'cachedir': tempfile.mkdtemp(prefix='hapi-')}


def get(address):
    with urllib.request.urlopen(address, timeout=60) as response:
        return json.load(response)


def read(dataset, parameters, start, stop, **more):
    """The same by both formats."""
    data, meta = hapi(server, dataset, parameters, start, stop, format='binary', **options, **more)
    text, _ = hapi(server, dataset, parameters, start, stop, format='csv', **options, **more)
    assert data.dtype.names == text.dtype.names and len(data) == len(text), dataset
    for name in data.dtype.names:
        same = numpy.array_equal(data[name], text[name]) or numpy.allclose(data[name].astype(float), text[name].astype(float))
        assert same, (dataset, name)
    return data, meta


catalog = {entry['id']: entry['title'] for entry in hapi(server)['catalog']}
meteorology = next(name for name, title in catalog.items() if title.startswith('Meteorology by the hour'))
info = hapi(server, meteorology)
names = [parameter['name'] for parameter in info['parameters']]
assert names[0] == 'Time' and 'temperature' in names, names

# Every hour of four years, one of which has a day more.
data, meta = hapi(server, meteorology, 'temperature,pressure', info['startDate'], info['stopDate'], **options)
hours = (365 * 3 + 366) * 24
assert len(data) == hours, len(data)
fill = float(next(p['fill'] for p in meta['parameters'] if p['name'] == 'temperature'))
temperature = data['temperature'][data['temperature'] != fill]
assert len(temperature) > 0.9 * hours and -40 < temperature.min() < 0 < temperature.max() < 40, temperature

# A month: by both formats, in chunks, and against another door.
month = ('2023-05-01T00:00:00Z', '2023-06-01T00:00:00Z')
may, _ = read(meteorology, 'temperature', *month)
assert len(may) == 31 * 24
times = hapitime2datetime(may['Time'])
assert times[0].isoformat() == '2023-05-01T00:00:00+00:00' and (times[-1] - times[0]).total_seconds() == (31 * 24 - 1) * 3600
chunked, _ = hapi(server, meteorology, 'temperature', *month, n_chunks=4, **options)
assert numpy.array_equal(chunked['temperature'], may['temperature'])
record = meteorology.rsplit('_', 1)[1]
edr = get(f'{base}/edr/collections/copdd/locations/{record}?datetime=2023-05-01/2023-05-31&parameter-name=temperature')
values = [fill if value is None else value for value in edr['ranges']['temperature']['values']]
assert numpy.allclose(may['temperature'], values), 'EDR and HAPI differ'

# Range gates are bins.
radar = 'voldorad_voldorad2b_etna'
about = hapi(server, radar)
power = next(parameter for parameter in about['parameters'] if parameter['name'] == 'power_pos')
gates = power['bins'][0]['centers']
assert power['size'] == [len(gates)] and len(gates) == 8 and all(b > a for a, b in zip(gates, gates[1:])), power
echoes, _ = read(radar, 'record,power_pos,vmax_pos', '2015-12-03T00:00:00Z', '2015-12-04T00:00:00Z')
assert echoes['power_pos'].shape == (len(echoes), len(gates)) and len(echoes) > 100, echoes.shape
assert echoes['vmax_pos'].max() > 50, 'the paroxysm of 3 December 2015'

# A window without a record is an empty array.
empty, _ = hapi(server, meteorology, 'temperature', '2023-05-01T00:00:00.001Z', '2023-05-01T00:00:00.002Z', **options)
assert len(empty) == 0

# Samples of many records as one series.
spring = next(name for name in catalog if name.startswith('auverwatch_') and not name.rsplit('_', 1)[1].isdigit())
about = hapi(server, spring)
samples, _ = read(spring, 'record,ph,conductivity', about['startDate'], about['stopDate'])
assert len(samples) > 5 and len(set(samples['record'])) == len(samples), samples
assert all(b > a for a, b in zip(samples['Time'], samples['Time'][1:]))

print(f'{len(catalog)} data sets, {len(data) + 2 * len(may) + 2 * len(echoes) + 2 * len(samples)} records')
