export { type Area, areas, areaWords, isArea, isCountry } from './areas.ts'
export { allowedBy, choiceWords, type ResidencyChoice, residencyChoices } from './choice.ts'
export { type Cloud, cloudNames, cloudRegions, isCloud } from './clouds.ts'
export { countryOf, isPlace, isSamePlace, isWithin, placeInWords } from './place.ts'
