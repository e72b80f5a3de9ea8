"""erddapy, pandas, xarray, netCDF4 and compliance-checker on the data sets of tabledap: search, description, rows as CSV, NetCDF and OPeNDAP.

The numbers of rows of each way must agree with each other, with the server's own count and with what the means are made of. Prints how many
rows were read; exits with 1 at the first difference.
"""
import os
import sys
import tempfile

import netCDF4
import numpy
import pandas
import requests
from compliance_checker.runner import CheckSuite, ComplianceChecker
from erddapy import ERDDAP

SERVER = sys.argv[1].rstrip("/") + "/erddap"


def client(dataset, variables, **constraints):
    asked = ERDDAP(server=SERVER, protocol="tabledap")
    asked.dataset_id = dataset
    asked.variables = variables
    asked.constraints = constraints
    return asked


def check(condition, message):
    if not condition:
        sys.exit(message)


def listed():
    """Identifiers of all data sets, by the list and by a search for nothing."""
    table = pandas.read_csv(f"{SERVER}/tabledap/index.csv?page=1&itemsPerPage=1000")
    search = ERDDAP(server=SERVER, protocol="tabledap").get_search_url(response="csv")
    found = pandas.read_csv(search)
    check(list(found["Dataset ID"]) == list(table["Dataset ID"]), "the search for nothing is not the list of all")
    return list(table["Dataset ID"])


def server_count(dataset, constraint=""):
    """Rows with a time that the server counts for each record that has some."""
    answer = pandas.read_csv(f"{SERVER}/tabledap/{dataset}.csvp?record,{AXIS[dataset]}{constraint}&orderByCount(%22record%22)")
    counts = answer.set_index("record").iloc[:, 0]
    return counts[counts > 0]


AXIS = {}


def described(dataset):
    """The variable of time, by its attribute."""
    asked = ERDDAP(server=SERVER, protocol="tabledap")
    names = asked.get_var_by_attr(dataset, axis="T")
    check(len(names) <= 1, f"{dataset} has several axes of time: {names}")
    if names:
        AXIS[dataset] = names[0]
    return names


def one_record(dataset):
    """The record with the fewest rows in every way that erddapy has."""
    counts = server_count(dataset)
    record, rows = int(counts.idxmin()), int(counts.min())
    time = AXIS[dataset]
    everything = client(dataset, [], **{"record=": record}).to_pandas()
    asked = client(dataset, [time, "record"], **{"record=": record})
    frame = asked.to_pandas()
    times = pandas.to_datetime(frame[f"{time} (UTC)"], format="ISO8601")
    check(times.notna().sum() == rows, f"{dataset} {record}: {times.notna().sum()} times as CSV, the server counts {rows}")
    rows = len(frame)
    # Range gates and size classes are rows of their own.
    check(len(everything) % rows == 0, f"{dataset} {record}: {len(everything)} rows with all variables of {rows}")
    flat = netCDF4.Dataset("flat.nc", memory=requests.get(f"{SERVER}/tabledap/{dataset}.nc?{time}&record={record}", timeout=60).content)
    seconds = flat.variables[time][:]
    check(flat.variables[time].units == "seconds since 1970-01-01T00:00:00Z", f"{dataset}: units of time")
    expected = (times - pandas.Timestamp("1970-01-01", tz="UTC")).dt.total_seconds().to_numpy()
    check(numpy.allclose(numpy.ma.filled(seconds, numpy.nan), expected, atol=0.001, equal_nan=True), f"{dataset} {record}: times of NetCDF and CSV differ")
    decoded = asked.to_xarray()
    sizes = [decoded[name].size for name in decoded.variables if decoded[name].dims and decoded[name].dims[0] in ("time", "obs")]
    check(sizes and all(size == rows for size in sizes), f"{dataset} {record}: xarray has {sizes}, not {rows}")
    return rows


def windows(dataset):
    """The last thirty days by a relative time, and their daily means from as many days as there are."""
    time = AXIS[dataset]
    frame = client(dataset, [time, "record"], **{f"{time}>=": f"max({time})-30days"}).to_pandas()
    days = pandas.to_datetime(frame.iloc[:, 0], format="ISO8601").dt.floor("D").nunique()
    means = pandas.read_csv(f"{SERVER}/tabledap/{dataset}.csvp?{time}&{time}>=max({time})-30days&orderByMean(%22{time}/1day%22)")
    check(len(means) == days, f"{dataset}: {len(means)} daily means of {days} days")
    return len(frame)


def opendap(dataset):
    """The whole sequence through the NetCDF library, of a data set that is not large."""
    rows = int(server_count(dataset).sum())
    remote = netCDF4.Dataset(f"{SERVER}/tabledap/{dataset}")
    times = remote.variables[f"s.{AXIS[dataset]}"][:]
    check(len(times) == rows, f"{dataset}: {len(times)} rows by OPeNDAP, the server counts {rows}")
    return rows


def conventions(dataset, kind, query):
    """A NetCDF answer keeps the rules of CF-1.8, by the compliance checker."""
    CheckSuite.load_all_available_checkers()
    answer = requests.get(f"{SERVER}/tabledap/{dataset}.{kind}?{query}", timeout=60)
    check(answer.status_code == 200, answer.text)
    with tempfile.TemporaryDirectory() as folder:
        name, report = os.path.join(folder, f"{dataset}.nc"), os.path.join(folder, "report.txt")
        with open(name, "wb") as file:
            file.write(answer.content)
        passed, failed = ComplianceChecker.run_checker(name, ["cf:1.8"], 0, "normal", output_filename=report, output_format="text")
        with open(report, encoding="utf-8") as file:
            check(passed and not failed, f"{dataset}.{kind}: {file.read()}")


def main():
    datasets = listed()
    check(len(datasets) >= 5, f"only {datasets}")
    timed = [dataset for dataset in datasets if described(dataset)]
    read = sum(one_record(dataset) + windows(dataset) for dataset in timed)
    totals = {dataset: int(server_count(dataset).sum()) for dataset in timed}
    smallest = min(totals, key=totals.get)
    read += opendap(smallest)
    conventions("airborne", "ncCF", "time,latitude,longitude,altitude,temperature&record=3")
    conventions("sismo", "ncCF", "")
    conventions("renag", "nc", "record,time,east,north,up,latitude,longitude&record<10")
    try:
        client(timed[0], [AXIS[timed[0]]], **{f"{AXIS[timed[0]]}>": "2100-01-01"}).to_pandas()
        sys.exit("rows of the next century")
    except requests.exceptions.HTTPError as error:
        check("Your query produced no matching results" in str(error), f"not the words of ERDDAP: {error}")
    print(f"{len(datasets)} data sets of {sum(totals.values())} rows with a time; {read} rows read as CSV, NetCDF and OPeNDAP ({smallest})")


main()
