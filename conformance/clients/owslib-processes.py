"""OWSLib (0.35) against OGC API Processes, with urllib for the jobs that it has no methods for: descriptions, then convert, ebas-hourly and
correlate from end to end, waited for and as jobs; numbers are compared with what is computed here.

    python owslib-processes.py http://127.0.0.1:8080
"""
import json
import sys
import time
import urllib.request

import wps_series as series
from owslib.ogcapi.processes import Processes

base = sys.argv[1].rstrip('/')
checked = 0


def check(condition, what):
    global checked
    assert condition, what
    checked += 1


def get(address):
    with urllib.request.urlopen(address if address.startswith('http') else base + address) as answer:
        return answer.read().decode()


def link(document, rel):
    return next(each['href'] for each in document['links'] if each['rel'].endswith(rel))


api = Processes(base)
check(any(each.endswith('ogcapi-processes-1/1.0/conf/core') for each in api.conformance()['conformsTo']), 'conformance')
names = {process['id'] for process in api.processes()}
check({'convert', 'statistics', 'ebas-hourly', 'subset', 'correlate'} <= names, names)
for name in names:
    process = api.process(name)
    ports = [*process['inputs'].values(), *process['outputs'].values()]
    check(process['id'] == name and all('schema' in port for port in ports), name)

# convert: waited for, the results by value.
file, rows = series.nasa_ames()
results = api.execute('convert', {'input': {'value': file, 'mediaType': 'text/plain'}, 'target': 'csv'})
check(results['report']['value']['rows'] == len(rows), results['report'])
series.check_rows(results['result']['value'], rows)

# ebas-hourly: as a job, the result by reference.
text, by_hour = series.minutes()
wanted = {'result': {'format': {'mediaType': 'text/csv'}, 'transmissionMode': 'reference'}}
job = api.execute('ebas-hourly', {'input': {'value': text, 'mediaType': 'text/csv'}}, wanted, async_=True)
check(job['status'] in ('accepted', 'running', 'successful') and job['type'] == 'process', job)
seen = []
for _ in range(300):
    job = json.loads(get(link(job, 'monitor')))
    seen.append(job['progress'])
    if job['status'] not in ('accepted', 'running'):
        break
    time.sleep(0.1)
check(job['status'] == 'successful' and seen == sorted(seen) and seen[-1] == 100, job)
results = json.loads(get(link(job, '/results')))
series.check_hours(get(results['result']['href']), by_hour)
check(json.loads(get(link(job, 'has_provenance')))['process'] == 'ebas-hourly', 'provenance')

# correlate: the series with itself, five seconds later.
later = text.replace(':00Z', ':05Z')
both = {'input_a': {'value': text, 'mediaType': 'text/csv'}, 'variable_a': 'ozone',
        'input_b': {'value': later, 'mediaType': 'text/csv'}, 'variable_b': 'ozone', 'tolerance': 'PT5S'}
summary = api.execute('correlate', both)['summary']['value']
check(summary['n'] == sum(len(values) for values in by_hour.values()), summary)
series.near(summary['r'], 1, 'r')
series.near(summary['slope'], 1, 'slope')
print(f'{checked} checks')
