export { type AwsCredentials, credentialsIn } from './credentials.ts'
export { encodePath, encodeQuery, type SignedRequest, signingKey, signRequest } from './signature.ts'
