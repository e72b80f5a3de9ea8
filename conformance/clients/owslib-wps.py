"""OWSLib (0.35) against WPS: descriptions, then convert, ebas-hourly and correlate from end to end, waited for and in the background, inline and by
reference; numbers are compared with what is computed here. Its executions are of version 1.0.0; those of 2.0 are sent as the standard has them,
and read with its parser of XML.

    python owslib-wps.py http://127.0.0.1:8080
"""
import sys
import time
import urllib.request

import wps_series as series
from owslib.etree import etree
from owslib.util import ServiceException
from owslib.wps import SYNC, ComplexDataInput, WebProcessingService, monitorExecution

base = sys.argv[1].rstrip('/')
checked = 0


def check(condition, what):
    global checked
    assert condition, what
    checked += 1


wps = WebProcessingService(f'{base}/wps')
check(wps.identification.type == 'WPS', wps.identification.type)
check({operation.name for operation in wps.operations} == {'GetCapabilities', 'DescribeProcess', 'Execute'}, wps.operations)
names = [process.identifier for process in wps.processes]
check({'convert', 'ebas-hourly', 'correlate', 'statistics', 'subset'} <= set(names), names)
for process in wps.describeprocess('all'):
    check(process.abstract and process.processOutputs and process.storeSupported and process.statusSupported, process.identifier)
    check(all(each.dataType for each in process.dataInputs), process.identifier)
    check(all(each.supportedValues for each in process.dataInputs if each.dataType == 'ComplexData'), process.identifier)
check(WebProcessingService(f'{base}/wps', language='fr-FR').describeprocess('convert').title == 'Conversion de format', 'French')


def run(process, inputs, output, mode=None):
    execution = wps.execute(process, inputs, output=output, **({} if mode is None else {'mode': mode}))
    if mode is None:
        check(execution.statusLocation.startswith(f'{base}/wps/status/'), execution.statusLocation)
        monitorExecution(execution, sleepSecs=0.2)
    check(execution.isSucceded(), [error.text for error in execution.errors])
    return {each.identifier: each for each in execution.processOutputs}


def content(output):
    return output.retrieveData().decode() if output.reference else output.data[0]


# convert: inline and waited for, by value and by reference.
file, rows = series.nasa_ames()
inline = ComplexDataInput(file, mimeType='text/plain')
for as_reference in (False, True):
    outputs = run('convert', [('input', inline), ('target', 'csv')], [('result', as_reference, 'text/csv'), ('report', False)], SYNC)
    check(bool(outputs['result'].reference) == as_reference, outputs['result'].reference)
    series.check_rows(content(outputs['result']), rows)
# convert: a record by its address, in the background.
address, count, values = series.a_series(base)
outputs = run('convert', [('input', ComplexDataInput(address)), ('target', 'csv')], [('result', True, 'text/csv')])
check(content(outputs['result']).count('\n') == count + 1, 'rows of the record')

# ebas-hourly in the background.
table, by_hour = series.minutes()
outputs = run('ebas-hourly', [('input', ComplexDataInput(table, mimeType='text/csv'))], [('result', True, 'text/csv')])
series.check_hours(content(outputs['result']), by_hour)

# correlate: one series by reference, one inline.
other, wanted = series.shadow(values)
inputs = [('input_a', ComplexDataInput(address)), ('variable_a', 'value'), ('input_b', ComplexDataInput(other, mimeType='text/csv')),
          ('variable_b', 'other'), ('tolerance', 'PT1M')]
outputs = run('correlate', inputs, [('summary', False), ('pairs', True, 'text/csv')])
series.check_summary(content(outputs['summary']), wanted)
check(content(outputs['pairs']).count('\n') == wanted['n'] + 1, 'pairs')

# Several values of one input.
statistics = [('input', ComplexDataInput(table, mimeType='text/csv')), ('window', 'PT1H'), ('statistic', 'mean'), ('statistic', 'median')]
check(content(run('statistics', statistics, [('windows', False)], SYNC)['windows']) == '12', 'windows')

# What is wrong is told by the report, which this client reads.
for process, inputs in (('nobody', []), ('convert', [('input', inline), ('target', 'nothing')]), ('convert', [('nobody', 'x')])):
    try:
        wps.execute(process, inputs, output=[('result', False)], mode=SYNC)
        check(False, f'{process} was carried out')
    except ServiceException as error:
        check('exceptionCode="InvalidParameterValue"' in str(error) or 'exceptionCode="MissingParameterValue"' in str(error), error)

# Version 2.0.
NAMESPACES = {'wps': 'http://www.opengis.net/wps/2.0', 'ows': 'http://www.opengis.net/ows/2.0', 'xlink': 'http://www.w3.org/1999/xlink'}


def second(body):
    declared = ' '.join(f'xmlns:{prefix}="{name}"' for prefix, name in NAMESPACES.items())
    body = body.replace('>', f' service="WPS" version="2.0.0" {declared}>', 1)
    request = urllib.request.Request(f'{base}/wps', data=body.encode(), headers={'Content-Type': 'text/xml'})
    with urllib.request.urlopen(request, timeout=120) as response:
        return etree.fromstring(response.read())


def background(process, inputs, output):
    status = second(f'<wps:Execute mode="async" response="document"><ows:Identifier>{process}</ows:Identifier>{inputs}<wps:Output id="{output}" mimeType="text/csv"/></wps:Execute>')
    job = status.find('wps:JobID', NAMESPACES).text
    while status.find('wps:Status', NAMESPACES).text in ('Accepted', 'Running'):
        time.sleep(0.2)
        status = second(f'<wps:GetStatus><wps:JobID>{job}</wps:JobID></wps:GetStatus>')
    check(status.find('wps:Status', NAMESPACES).text == 'Succeeded', job)
    result = second(f'<wps:GetResult><wps:JobID>{job}</wps:JobID></wps:GetResult>')
    check(second(f'<wps:Dismiss><wps:JobID>{job}</wps:JobID></wps:Dismiss>').find('wps:Status', NAMESPACES).text == 'Dismissed', job)
    return result.find(f'wps:Output[@id="{output}"]/wps:Data', NAMESPACES).text


def given(name, value, kind='text/csv'):
    return f'<wps:Input id="{name}"><wps:Data mimeType="{kind}"><![CDATA[{value}]]></wps:Data></wps:Input>'


def plain(name, value):
    return f'<wps:Input id="{name}"><wps:Data>{value}</wps:Data></wps:Input>'


capabilities = second('<wps:GetCapabilities></wps:GetCapabilities>')
check([each.text for each in capabilities.findall('wps:Contents/wps:ProcessSummary/ows:Identifier', NAMESPACES)] == names, 'processes of 2.0')
series.check_rows(background('convert', given('input', file, 'text/plain') + plain('target', 'csv'), 'result'), rows)
series.check_hours(background('ebas-hourly', given('input', table), 'result'), by_hour)
reference = f'<wps:Input id="input_a"><wps:Reference xlink:href="{address}"/></wps:Input>'
inputs = reference + plain('variable_a', 'value') + given('input_b', other) + plain('variable_b', 'other') + plain('tolerance', 'PT1M')
check(background('correlate', inputs, 'pairs').count('\n') == wanted['n'] + 1, 'pairs of 2.0')

print(f'{checked} checks, {len(names)} processes, r = {wanted["r"]:.6f} over {wanted["n"]} pairs')
