#!/bin/sh
# Checks an evidence package without the portal.
#
#     verify-evidence.sh evidence-batch-12.zip [portal-certificate.pem]
#
# Every file must be in manifest.json with its SHA-256, and nothing else may be there. A signed package is checked against the certificate of the
# portal (or of whoever issued it), which you must have from elsewhere: what is in the package could be anybody's.
# Needs sh, unzip, sha256sum and openssl. Ends with 0 when everything fits, 1 when it does not, 2 when the package cannot be read,
# 3 when the files fit but nobody can tell who made them: the package is not signed, or no certificate was given.
set -u
fail() { echo "FAIL: $1" >&2; exit 1; }

[ $# -ge 1 ] && [ -r "$1" ] || { echo "usage: $0 PACKAGE.zip [CERTIFICATE.pem]" >&2; exit 2; }
[ $# -lt 2 ] || [ -r "$2" ] || { echo "cannot read $2" >&2; exit 2; }
directory=$(mktemp -d) || exit 2
trap 'rm -rf "$directory"' EXIT
# unzip ends with 1 for a warning; damage is found by the hashes below.
unzip -q -o "$1" -d "$directory" >/dev/null 2>&1
[ $? -le 2 ] || fail "the ZIP file is damaged"
certificate=${2:+$(cd "$(dirname "$2")" && pwd)/$(basename "$2")}
cd "$directory" || exit 2
[ -f manifest.json ] || fail "manifest.json is missing"

# {"path":"plan.json","size":12,"sha256":"9f..."}
sed -n 's/^ *{"path":"\([A-Za-z0-9._-]*\)","size":[0-9]*,"sha256":"\([0-9a-f]*\)"},\{0,1\}$/\2  \1/p' manifest.json > "$directory.sums"
trap 'rm -rf "$directory" "$directory.sums"' EXIT
[ -s "$directory.sums" ] || fail "manifest.json names no files"
sha256sum --quiet -c "$directory.sums" >&2 || fail "a file is not the one that manifest.json names"
cut -c67- "$directory.sums" | sort > "$directory.sums.named"
find . -type f ! -path ./manifest.json ! -path ./manifest.p7s | sed 's|^\./||' | sort > "$directory.sums.found"
trap 'rm -rf "$directory" "$directory.sums" "$directory.sums.named" "$directory.sums.found"' EXIT
cmp -s "$directory.sums.named" "$directory.sums.found" || fail "the package has a file that manifest.json does not name"
count=$(wc -l < "$directory.sums")

if [ ! -f manifest.p7s ]; then
    grep -q '^  "signed": true,$' manifest.json && fail "manifest.json says it is signed, but the signature is missing"
    echo "UNSIGNED: $count files are as manifest.json names them; nothing shows who made it"
    exit 3
fi
if [ -z "$certificate" ]; then
    openssl cms -verify -binary -inform DER -in manifest.p7s -content manifest.json -noverify -out /dev/null 2>/dev/null || fail "the signature does not fit manifest.json"
    echo "SIGNER NOT CHECKED: $count files and the signature fit; give the portal's certificate to check whose it is"
    exit 3
fi
openssl cms -verify -binary -inform DER -in manifest.p7s -content manifest.json -CAfile "$certificate" -partial_chain -purpose any -out /dev/null 2>/dev/null \
    || fail "the signature is not by this certificate, or does not fit manifest.json"
echo "PASS: $count files, signed by $(openssl x509 -in "$certificate" -noout -subject | sed 's/^subject= *//')"
