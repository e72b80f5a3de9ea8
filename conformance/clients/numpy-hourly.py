"""numpy against ebas-hourly: a value each minute in ten columns, of which some are missing, computed here and there; every mean,
percentile and number of samples must agree to 1e-9. Asked as a job over OGC API Processes by nothing but the standard library.

    python numpy-hourly.py http://127.0.0.1:8080
"""
import csv
import io
import json
import sys
import time
import urllib.request

import numpy

base = sys.argv[1].rstrip('/')
HOURS, COLUMNS = 72, 10
random = numpy.random.default_rng(20241124)
values = numpy.round(40 + 15 * random.standard_normal((HOURS * 60, COLUMNS)), 3)
missing = random.random(values.shape) < 0.05
# Hours that are less and less complete, and one without any value.
for hour, share in ((10, 0.2), (11, 0.4), (12, 0.6), (13, 0.99)):
    missing[hour * 60:(hour + 1) * 60] |= random.random((60, COLUMNS)) < share
missing[14 * 60:15 * 60] = True
start = numpy.datetime64('2023-01-01T00:00:00')
names = [f'v{n}' for n in range(COLUMNS)]
lines = [','.join(['time', *names])]
for n in range(len(values)):
    moment = f'{start + numpy.timedelta64(n, "m")}Z'
    lines.append(','.join([moment, *('' if gone else repr(float(value)) for value, gone in zip(values[n], missing[n]))]))
document = {'inputs': {'input': {'value': '\n'.join(lines) + '\n', 'mediaType': 'text/csv'}},
            'outputs': {'result': {'format': {'mediaType': 'text/csv'}}}}


def ask(path, body=None, headers={}):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(path if path.startswith('http') else base + path, data,
                                     {'Content-Type': 'application/json', **headers})
    with urllib.request.urlopen(request) as answer:
        return answer.status, answer.headers, answer.read().decode()


status, headers, text = ask('/processes/ebas-hourly/execution', document, {'Prefer': 'respond-async'})
assert status == 201 and headers['Preference-Applied'] == 'respond-async', (status, text)
job = json.loads(text)
for _ in range(600):
    job = json.loads(ask(headers['Location'])[2])
    if job['status'] not in ('accepted', 'running'):
        break
    time.sleep(0.1)
assert job['status'] == 'successful', job
results = next(link['href'] for link in job['links'] if link['rel'].endswith('/results'))
rows = list(csv.DictReader(io.StringIO(ask(results)[2])))
assert len(rows) == HOURS, len(rows)


def flag(count):
    share = 100 * count / 60
    if count == 0:
        return '999'
    if share < 50:
        return '391'
    return '392' if share < 75 else '394' if share < 90 else ''


checked = 0
for hour, row in enumerate(rows):
    assert row['start_time'] == f'{start + numpy.timedelta64(hour, "h")}Z', row
    for n, name in enumerate(names):
        part = slice(hour * 60, hour * 60 + 60)
        good = values[part, n][~missing[part, n]]
        assert int(row[f'{name}_count']) == len(good), row
        assert row[f'{name}_qc'] == flag(len(good)), (row[f'{name}_qc'], len(good))
        wanted = {'mean': numpy.mean, 'perc1587': lambda v: numpy.percentile(v, 15.87), 'perc8413': lambda v: numpy.percentile(v, 84.13)}
        for suffix, of in wanted.items():
            cell = row[f'{name}_{suffix}']
            if len(good) == 0:
                assert cell == '', row
            else:
                assert abs(float(cell) - of(good)) < 1e-9, (hour, name, suffix, cell, of(good))
            checked += 1
assert checked == HOURS * COLUMNS * 3
print(f'{checked} hourly values agree to 1e-9 with numpy {numpy.__version__}')
