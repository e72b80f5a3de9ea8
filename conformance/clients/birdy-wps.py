"""birdy (0.10) against WPS: a function for each process, made of the descriptions alone; convert, ebas-hourly and correlate from end to end, waited
for and with progress, results as addresses and as objects. Numbers are compared with what is computed here.

    python birdy-wps.py http://127.0.0.1:8080
"""
import json
import sys
import tempfile
from pathlib import Path

import wps_series as series
from birdy import WPSClient

base = sys.argv[1].rstrip('/')
checked = 0


def check(condition, what):
    global checked
    assert condition, what
    checked += 1


client = WPSClient(f'{base}/wps')
check({'convert', 'ebas_hourly', 'correlate', 'statistics'} <= set(dir(client)), dir(client))
check(set(client.languages.supported) == {'en-US', 'fr-FR'}, client.languages.supported)
check('EBAS' in client.ebas_hourly.__doc__ and 'ComplexData' in client.ebas_hourly.__doc__, client.ebas_hourly.__doc__)

# convert of a file of this machine, which the client sends along. (It cannot leave a box out: it takes the name of its system for its value.)
file, rows = series.nasa_ames()
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / 'cpc.txt'
    path.write_text(file)
    result = client.convert(input=path, target='csv', bbox=None, output_formats={'result': {'as_ref': True, 'mimetype': 'text/csv'}})
converted = result.get(asobj=True)
series.check_rows(converted.result.decode(), rows)
# convert of a record by its address.
address, count, values = series.a_series(base)
record = client.convert(input=address, target='csv', bbox=None).get()
check(record.result.startswith(f'{base}/jobs/') and record.report.startswith(f'{base}/jobs/'), record)

# ebas-hourly with progress: in the background, asked for until it ends.
table, by_hour = series.minutes()
watching = WPSClient(f'{base}/wps', progress=True)
execution = watching.ebas_hourly(input=table, output_formats={'result': {'as_ref': True, 'mimetype': 'text/csv'}})
check(execution.statusLocation.startswith(f'{base}/wps/status/'), execution.statusLocation)
series.check_hours(execution.get(asobj=True).result.decode(), by_hour)

# correlate: the summary as an object.
other, wanted = series.shadow(values)
found = client.correlate(input_a=address, variable_a='value', input_b=other, variable_b='other', tolerance='PT1M').get(asobj=True)
summary = found.summary
series.check_summary(json.dumps(summary), wanted)
check(found.pairs.decode().count('\n') >= wanted['n'], 'pairs')

# What is wrong is told.
try:
    client.correlate(input_a=table, variable_a='nobody', input_b=other, variable_b='other')
    check(False, 'a variable that there is not')
except Exception as error:
    check('nobody' in str(error) or 'variable_a' in str(error), error)

print(f'{checked} checks, r = {summary["r"]:.6f}')
