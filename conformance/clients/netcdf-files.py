"""netCDF4, xarray and compliance-checker open the NetCDF files that `vobs convert` writes.

Files are made here, converted by the program itself, and read by the reference library: classic, 64-bit types, HDF5. The server's address
(last argument) is not asked. Prints how many values were compared; exits with 1 at the first difference.
"""
import os
import subprocess
import sys
import tempfile

import netCDF4
import numpy
import xarray
from compliance_checker.runner import CheckSuite, ComplianceChecker

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
HOURS = 48
DAY = 24


def ebas_text():
    """A made-up series of two variables with flags at Puy de Dome; the third hour is missing, the fifth flagged."""
    keys = [
        ("Data definition", "EBAS_1.1"),
        ("Data license", '"https://creativecommons.org/licenses/by/4.0/"'),
        ("Set type code", "TU"),
        ("Timezone", "UTC"),
        ("Startdate", "20230101000000"),
        ("Revision date", "20240315000000"),
        ("Statistics", "arithmetic mean"),
        ("Data level", "2"),
        ("Period code", "2d"),
        ("Resolution code", "1h"),
        ("Station code", "FR0030R"),
        ("Platform code", "FR0030S"),
        ("Station name", "Puy de Dôme"),
        ("Station latitude", "45.772223"),
        ("Station longitude", "2.964886"),
        ("Station altitude", "1465.0m"),
        ("Component", ""),
        ("Matrix", "met"),
        ("Laboratory code", "FR29L"),
        ("Instrument type", "aws"),
        ("Instrument name", "aws_01"),
        ("Method ref", "FR29L_aws_method"),
        ("Originator", "Doe, Jane, data@example.org, Observatory, OBS, , , , , , France"),
        ("Submitter", "Doe, Jane, data@example.org, Observatory, OBS, , , , , , France"),
        ("Acknowledgement", "Cite the observatory"),
    ]
    normal = [f"{key + ':':<30}{value}".rstrip() for key, value in keys]
    normal.append("starttime endtime temp wind flag")
    head = [
        "Doe, Jane",
        "FR29L, Observatory, OBS, , , , , , France",
        "Doe, Jane",
        "ACTRIS",
        "1 1",
        "2023 01 01 2024 03 15",
        "0.041667",
        "days from file reference point",
        "4",
        "1 1 1 1",
        "999.999999 999.9 99.99 9.999",
        "end_time of measurement, days from the file reference point",
        "temperature, deg C",
        "wind_speed, m/s",
        "numflag, no unit",
        "0",
        str(len(normal)),
        *normal,
    ]
    rows = []
    for hour in range(HOURS):
        temperature, wind, flag = f"{temperature_at(hour):.1f}", f"{wind_at(hour):.2f}", "0.000"
        if hour == 2:
            temperature, wind, flag = "999.9", "99.99", "0.999"
        if hour == 4:
            flag = "0.640"
        rows.append(f"{hour / DAY:.6f} {(hour + 1) / DAY:.6f} {temperature} {wind} {flag}")
    return "\n".join([f"{len(head) + 1} 1001", *head, *rows, ""])


def temperature_at(hour):
    return round(-5 + 0.1 * ((hour * 7) % 83), 1)


def wind_at(hour):
    return round(0.25 * ((hour * 5) % 37), 2)


def track_text():
    """A flight in ICARTT v2 that goes on beyond midnight; every fifth count is missing."""
    keywords = (
        "PI_CONTACT_INFO PLATFORM LOCATION ASSOCIATED_DATA INSTRUMENT_INFO DATA_INFO UNCERTAINTY ULOD_FLAG ULOD_VALUE "
        "LLOD_FLAG LLOD_VALUE DM_CONTACT_INFO PROJECT_INFO STIPULATIONS_ON_USE OTHER_COMMENTS REVISION"
    ).split()
    normal = [f"{key}: {'10 %' if key == 'UNCERTAINTY' else 'R0' if key == 'REVISION' else 'N/A'}" for key in keywords]
    normal += ["R0: final data", "Time_Start, Latitude, Longitude, Altitude, CN"]
    head = [
        "Doe, Jane",
        "Observatory",
        "Particle counter on an aircraft",
        "Example campaign",
        "1, 1",
        "2020, 06, 25, 2021, 02, 01",
        "1",
        "Time_Start, seconds, Time_Start",
        "4",
        "1, 1, 1, 1",
        "-9999, -9999, -9999, -9999",
        "Latitude, degrees_north, Platform_Latitude_InSitu_None",
        "Longitude, degrees_east, Platform_Longitude_InSitu_None",
        "Altitude, m, Platform_Altitude_InSitu_None",
        "CN, cm-3",
        "0",
        str(len(normal)),
        *normal,
    ]
    rows = []
    for second in range(HOURS):
        count = -9999 if second % 5 == 0 else 1000 + second
        rows.append(f"{86380 + second}, {45 + second / 1000:.3f}, {3 + second / 1000:.3f}, {2000 + second}, {count}")
    return "\n".join([f"{len(head) + 1}, 1001, V02_2016", *head, *rows, ""])


def convert(source, target, *options):
    command = ["node", "--import", "tsx", os.path.join(ROOT, "src", "main.ts"), "convert", source, target, *options]
    subprocess.run(command, cwd=ROOT, check=True)


def must(holds, text):
    if not holds:
        sys.exit(f"netcdf-files: {text}")


def check_station(path):
    compared = 0
    with netCDF4.Dataset(path) as file:
        must(file.Conventions == "CF-1.8, ACDD-1.3" and file.featureType == "timeSeries", f"{path}: conventions")
        must(abs(float(file["alt"][...]) - 1465) < 1e-9, f"{path}: altitude")
        must(str(file["station_name"][...]) == "Puy de Dôme", f"{path}: name")
    with xarray.open_dataset(path) as data:
        times = data["time"].values
        must(times[0] == numpy.datetime64("2023-01-01T00:30:00") and len(times) == HOURS, f"{path}: times {times[:2]}")
        for name, value_at in (("temperature", temperature_at), ("wind_speed", wind_at)):
            values = data[name].values
            for hour in range(HOURS):
                wanted = numpy.nan if hour == 2 else value_at(hour)
                must(numpy.array_equal(values[hour], wanted, equal_nan=True), f"{path}: {name}[{hour}] {values[hour]}")
                compared += 1
        flags = data["numflag"].values
        must(flags[2, 0] == 999 and flags[4, 0] == 640, f"{path}: flags")
        must(data["temperature"].attrs["standard_name"] == "air_temperature", f"{path}: standard name")
    return compared


def check_track(path):
    compared = 0
    with xarray.open_dataset(path) as data:
        must(data.attrs["featureType"] == "trajectory", f"{path}: feature type")
        must(data["time"].values[20] == numpy.datetime64("2020-06-26T00:00:00"), f"{path}: midnight")
        must({"Latitude", "Longitude", "Altitude"} <= set(data.coords), f"{path}: coordinates {list(data.coords)}")
        for second, value in enumerate(data["CN"].values):
            wanted = numpy.nan if second % 5 == 0 else 1000 + second
            must(numpy.array_equal(value, wanted, equal_nan=True), f"{path}: CN[{second}] {value}")
            compared += 1
    return compared


def check_compliance(path):
    CheckSuite.load_all_available_checkers()
    for checker in ("cf:1.8", "acdd:1.3"):
        report = os.path.join(os.path.dirname(path), "report.txt")
        _, errors = ComplianceChecker.run_checker(
            ds_loc=path, checker_names=[checker], verbose=0, criteria="lenient", output_filename=report, output_format="text"
        )
        must(not errors, f"{path}: {checker} broke off")
        with open(report, encoding="utf-8") as text:
            told = text.read()
        must("Errors" not in told, f"{path}: {checker}\n{told}")
        # What ACDD recommends highly; a count of particles by an ICARTT name has no CF standard name.
        highly = told.partition("Highly Recommended")[2].partition("Recommended  ")[0]
        wanted = [line for line in highly.splitlines() if line.startswith("* ") and line != "* standard_name"]
        must(not wanted, f"{path}: {checker}\n{told}")


def main():
    compared = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (("station.nas", ebas_text()), ("track.ict", track_text())):
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(text)
        for kind in ("netcdf3", "netcdf4"):
            # CF-1.8, section 2.1: both end in .nc.
            station, track = os.path.join(folder, f"station-{kind}.nc"), os.path.join(folder, f"track-{kind}.nc")
            convert(os.path.join(folder, "station.nas"), station, "--to", kind)
            convert(os.path.join(folder, "track.ict"), track, "--to", kind)
            compared += check_station(station) + check_track(track)
            for path in (station, track):
                check_compliance(path)
            # And what vobs reads of its own file is the file that was.
            again = os.path.join(folder, f"again-{kind}.nas")
            convert(station, again)
            with open(os.path.join(folder, "station.nas"), encoding="utf-8") as first, open(again, encoding="utf-8") as second:
                rows = [text.strip().split("\n")[-HOURS:] for text in (first.read(), second.read())]
            must(rows[0] == rows[1], f"{kind}: rows of EBAS differ after NetCDF")
    print(f"{compared} values of 4 NetCDF files read by netCDF4 and xarray; cf and acdd without errors")


main()
