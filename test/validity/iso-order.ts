// The order of elements in ISO 19139 (xs:sequence throughout), so that a wrong order is seen where no schema folder is at hand.
import { elementsOf, parseXml, type XmlElement } from '../../src/formats/syntax/xml.ts';

const IDENTIFICATION =
  'citation abstract purpose credit status pointOfContact resourceMaintenance graphicOverview resourceFormat descriptiveKeywords ' +
  'resourceSpecificUsage resourceConstraints aggregationInfo ';

/** Type → its properties in order. `!` mandatory. */
const ORDER: { readonly [type: string]: string } = {
  MD_Metadata:
    'fileIdentifier language characterSet parentIdentifier hierarchyLevel hierarchyLevelName contact! dateStamp! metadataStandardName ' +
    'metadataStandardVersion dataSetURI locale spatialRepresentationInfo referenceSystemInfo metadataExtensionInfo identificationInfo! ' +
    'contentInfo distributionInfo dataQualityInfo portrayalCatalogueInfo metadataConstraints applicationSchemaInfo metadataMaintenance',
  MD_DataIdentification: `${IDENTIFICATION.replace('citation abstract', 'citation! abstract!')}spatialRepresentationType spatialResolution language! characterSet topicCategory environmentDescription extent supplementalInformation`,
  CI_Citation:
    'title! alternateTitle date! edition editionDate identifier citedResponsibleParty presentationForm series otherCitationDetails collectiveTitle ISBN ISSN',
  CI_Date: 'date! dateType!',
  CI_ResponsibleParty: 'individualName organisationName positionName contactInfo role!',
  CI_Contact: 'phone address onlineResource hoursOfService contactInstructions',
  CI_Address: 'deliveryPoint city administrativeArea postalCode country electronicMailAddress',
  CI_OnlineResource: 'linkage! protocol applicationProfile name description function',
  MD_Identifier: 'authority code!',
  RS_Identifier: 'authority code! codeSpace version',
  MD_ReferenceSystem: 'referenceSystemIdentifier',
  MD_Keywords: 'keyword! type thesaurusName',
  MD_BrowseGraphic: 'fileName! fileDescription fileType',
  MD_MaintenanceInformation:
    'maintenanceAndUpdateFrequency! dateOfNextUpdate userDefinedMaintenanceFrequency updateScope maintenanceNote contact',
  MD_LegalConstraints: 'useLimitation accessConstraints useConstraints otherConstraints',
  MD_SecurityConstraints: 'useLimitation classification! userNote classificationSystem handlingDescription',
  MD_AggregateInformation: 'aggregateDataSetName aggregateDataSetIdentifier associationType! initiativeType',
  EX_Extent: 'description geographicElement temporalElement verticalElement',
  EX_GeographicBoundingBox:
    'extentTypeCode westBoundLongitude! eastBoundLongitude! southBoundLatitude! northBoundLatitude!',
  EX_BoundingPolygon: 'extentTypeCode polygon!',
  EX_TemporalExtent: 'extent!',
  EX_VerticalExtent: 'minimumValue! maximumValue! verticalCRS!',
  MD_Distribution: 'distributionFormat distributor transferOptions',
  MD_Format: 'name! version! amendmentNumber specification fileDecompressionTechnique formatDistributor',
  MD_Distributor: 'distributorContact! distributionOrderProcess distributorFormat distributorTransferOptions',
  MD_DigitalTransferOptions: 'unitsOfDistribution transferSize onLine offLine',
  DQ_DataQuality: 'scope! report lineage',
  DQ_Scope: 'level! extent levelDescription',
  DQ_DomainConsistency:
    'nameOfMeasure measureIdentification measureDescription evaluationMethodType evaluationMethodDescription evaluationProcedure dateTime result!',
  DQ_ConformanceResult: 'specification! explanation! pass!',
  LI_Lineage: 'statement processStep source',
  PT_Locale: 'languageCode! country characterEncoding!',
};
const GMD = 'http://www.isotc211.org/2005/gmd';

/** Faults in words; empty = every known type has its properties in order and all that are mandatory. */
export function orderFaults(xml: string): readonly string[] {
  return elementFaults(parseXml(xml));
}

function elementFaults(element: XmlElement): readonly string[] {
  const faults = elementsOf(element).flatMap(elementFaults);
  const order = element.namespace === GMD ? ORDER[element.name] : undefined;
  if (order === undefined) return faults;
  const names = order.split(' ').filter((name) => name !== '');
  const places = elementsOf(element).map((child) => names.findIndex((name) => name.replace('!', '') === child.name));
  elementsOf(element).forEach((child, i) => {
    if ((places[i] ?? -1) < 0) faults.push(`${element.name}: ${child.name} does not belong here`);
    else if (i > 0 && (places[i] ?? 0) < (places[i - 1] ?? 0))
      faults.push(`${element.name}: ${child.name} stands too late`);
  });
  names.forEach((name, place) => {
    if (name.endsWith('!') && !places.includes(place)) faults.push(`${element.name}: no ${name.slice(0, -1)}`);
  });
  return faults;
}
