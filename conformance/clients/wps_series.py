"""Series and what must come of them, computed here by nothing but the standard library: what the clients of WPS compare answers with."""
import csv
import io
import json
import math
import statistics
import urllib.request
from datetime import datetime, timedelta, timezone

START = datetime(2024, 3, 1, tzinfo=timezone.utc)


def iso(moment):
    return moment.strftime('%Y-%m-%dT%H:%M:%SZ')


def nasa_ames():
    """A file of NASA Ames 1001 with scales and missing values, and its rows as CSV has them."""
    rows = [(n * 600, 1000 + (n * 37) % 211, (n * 13) % 400) for n in range(200)]
    lines = ['17 1001', 'Doe, Jane', 'OPGC', 'CPC', 'TEST', '1 1', '2024 03 01 2024 03 02', '600',
             'seconds since 2024-03-01 00:00:00 UTC', '2', '1 0.1', '99999 9999',
             'Particle number concentration (1/cm3)', 'Temperature (deg C)', '0', '1', 'time cn temp']
    wanted = []
    for n, (seconds, number, tenths) in enumerate(rows):
        gone = n % 17 == 5
        lines.append(f'{seconds} {99999 if gone else number} {tenths}')
        wanted.append((iso(START + timedelta(seconds=seconds)), None if gone else float(number), round(tenths * 0.1, 10)))
    return '\n'.join(lines) + '\n', wanted


def minutes(hours=12):
    """A value each minute, with an hour that has too few of them: CSV, and the values of each hour."""
    lines, by_hour = ['time,ozone'], {}
    for n in range(hours * 60):
        hour = n // 60
        if hour == 5 and n % 60 > 12:
            continue
        value = round(40 + 12 * math.sin(n / 90) + (n * 29 % 17) / 4, 3)
        lines.append(f'{iso(START + timedelta(minutes=n))},{value}')
        by_hour.setdefault(hour, []).append(value)
    return '\n'.join(lines) + '\n', by_hour


def percentile(values, share):
    """Between the closest ranks, in proportion."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * share / 100
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def hourly(by_hour):
    return [(hour, statistics.fmean(values), percentile(values, 15.87), percentile(values, 84.13)) for hour, values in sorted(by_hour.items())]


def near(found, wanted, what):
    assert math.isclose(found, wanted, rel_tol=1e-9, abs_tol=1e-9), (what, found, wanted)


def check_rows(text, wanted):
    """CSV of the converted NASA Ames file."""
    rows = list(csv.reader(io.StringIO(text)))[1:]
    assert len(rows) == len(wanted), (len(rows), len(wanted))
    for row, (time, number, temperature) in zip(rows, wanted):
        assert row[0] == time, (row, time)
        assert (float(row[1]) if row[1] else None) == number, (row, number)
        near(float(row[2]), temperature, row)


def check_hours(text, by_hour):
    """CSV of the hourly means; columns are found by their names. Hours that are too poor keep their mean and are flagged."""
    rows = list(csv.DictReader(io.StringIO(text)))
    wanted = hourly(by_hour)
    assert len(rows) == len(wanted), (len(rows), len(wanted))

    def column(word):
        return next(name for name in rows[0] if word in name)

    mean, low, high, flags = column('mean'), column('1587'), column('8413'), column('qc')
    for row, (hour, *numbers) in zip(rows, wanted):
        assert row['start_time'] == iso(START + timedelta(hours=hour)), row
        for name, number in zip((mean, low, high), numbers):
            near(float(row[name]), number, (hour, name))
        assert row[flags] == ('391' if hour == 5 else ''), row


def a_series(base):
    """A record whose rows are hours of one value: its address, and its (time, value) as another door gives them."""
    with urllib.request.urlopen(f'{base}/collections/copdd/items?limit=500', timeout=60) as response:
        features = json.load(response)['features']
    for feature in features:
        for link in feature.get('links', []):
            if link['href'].startswith(f'{base}/data/copdd/') and link['href'].endswith('.csv'):
                with urllib.request.urlopen(link['href'], timeout=60) as response:
                    rows = list(csv.DictReader(io.TextIOWrapper(response)))
                values = [(row['time'], float(row['value'])) for row in rows if row.get('value')]
                if len(values) > 100:
                    return link['href'], len(rows), values
    raise AssertionError('no record with rows')


def shadow(values):
    """A second series that follows the first, some seconds later: CSV, and Pearson's r, slope and intercept of the pairs."""
    pairs = [(value, 2 * value + (n * 7 % 23) - 5) for n, (_time, value) in enumerate(values)]
    lines = ['time,other']
    for (time, _value), (_x, y) in zip(values, pairs):
        later = datetime.fromisoformat(time.replace('Z', '+00:00')) + timedelta(seconds=20)
        lines.append(f'{iso(later)},{y!r}')
    xs, ys = [x for x, _ in pairs], [y for _, y in pairs]
    slope, intercept = statistics.linear_regression(xs, ys)
    return '\n'.join(lines) + '\n', {'n': len(pairs), 'r': statistics.correlation(xs, ys), 'slope': slope, 'intercept': intercept}


def check_summary(text, wanted):
    found = json.loads(text)
    assert found['n'] == wanted['n'], (found, wanted)
    for name in ('r', 'slope', 'intercept'):
        assert math.isclose(found[name], wanted[name], rel_tol=1e-7, abs_tol=1e-7), (name, found[name], wanted[name])
