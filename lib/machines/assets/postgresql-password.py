#!/usr/bin/python3
"""Sets the password of a PostgreSQL role to the value of a Key Vault secret.

In Python, because there the secret stays in the memory of one process: no argument, no environment, no file, and what
PostgreSQL is sent is only its SCRAM verifier.

Sources: https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token,
https://learn.microsoft.com/rest/api/keyvault/secrets/get-secret/get-secret,
https://www.postgresql.org/docs/17/catalog-pg-authid.html (form of the verifier)
"""
import argparse
import base64
import hashlib
import hmac
import ipaddress
import json
import secrets
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

ITERATIONS = 4096
TRY_AGAIN = 1
NEEDS_A_PERSON = 78


class Later(Exception):
    """What may work when it is tried again."""


class Never(Exception):
    """What a person has to mend."""


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """A token is sent to the host that it is for, and to no other."""

    def redirect_request(self, *_):
        return None


# No proxy of the environment sees the token or the secret either.
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirect)


def say(words):
    print(time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), words, flush=True)


def checked_url(url, plain_hosts):
    """Refuses to send a token in the clear: only to this machine or to the hosts named."""
    parts = urllib.parse.urlsplit(url)
    host = parts.hostname or ""
    try:
        stays_here = host in plain_hosts or ipaddress.ip_address(host).is_loopback
    except ValueError:
        stays_here = False
    if parts.scheme != "https" and not (parts.scheme == "http" and stays_here):
        raise Never(f"{parts.scheme}://{host} cannot be used for a secret: it must be https")
    return url.rstrip("/")


def reason_of(error):
    """Why it was refused, as Key Vault and the metadata service say it: codes, and the first line of the message."""
    try:
        body = json.loads(error.read(65536))
        found = body.get("error")
        if isinstance(found, dict):
            parts = [found.get("code"), (found.get("innererror") or {}).get("code"), found.get("message")]
        else:
            parts = [found, body.get("error_description")]
    except (AttributeError, OSError, ValueError):
        return ""
    lines = [str(part).strip().splitlines()[0][:200] for part in parts if part and str(part).strip()]
    text = ": ".join(dict.fromkeys(lines))
    return f" ({''.join(character if ' ' <= character <= '~' else ' ' for character in text)})" if text else ""


def get(what, url, headers):
    try:
        with OPENER.open(urllib.request.Request(url, headers=headers), timeout=20) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        raise Later(f"{what} answered {error.code}{reason_of(error)}") from None
    except (OSError, ValueError) as error:
        raise Later(f"{what} did not answer: {error.__class__.__name__}: {error}") from None


def read_secret(options):
    imds = checked_url(options.imds_url, ["169.254.169.254"])
    vault = checked_url(options.vault_url, [])
    query = {"api-version": "2018-02-01", "resource": "https://vault.azure.net"}
    if options.client_id:
        query["client_id"] = options.client_id
    token_url = f"{imds}/metadata/identity/oauth2/token?{urllib.parse.urlencode(query)}"
    token = get("the machine's identity", token_url, {"Metadata": "true"}).get("access_token")
    if not token:
        raise Later("the machine's identity gave no token")
    name = urllib.parse.quote(options.secret, safe="")
    secret_url = f"{vault}/secrets/{name}?api-version=7.4"
    value = get(f"the key vault, asked for secret '{options.secret}',", secret_url, {"Authorization": f"Bearer {token}"})
    return value.get("value")


def read_secret_patiently(options):
    """A role assignment takes minutes to spread, and a private endpoint's name too."""
    deadline = time.monotonic() + options.patience
    pause = 2
    while True:
        try:
            return read_secret(options)
        except Later as error:
            if time.monotonic() + pause > deadline:
                raise Later(
                    f"{error}. Tried for {options.patience} seconds. Needed: the role 'Key Vault Secrets User' on the"
                    " secret for the machine's identity, and a way to the vault on port 443"
                ) from None
            say(f"{error}; trying again in {pause} seconds")
        time.sleep(pause)
        pause = min(pause * 2, 60)


def checked_password(value, secret):
    if not value:
        raise Never(f"secret '{secret}' is empty")
    if value != value.strip("\r\n"):
        raise Never(f"secret '{secret}' begins or ends with a line break, which nobody can type: store it without")
    # Clients prepare other characters in different ways, and then the right password is refused.
    if not all(" " <= character <= "~" for character in value):
        raise Never(f"secret '{secret}' has characters beyond printable ASCII")
    return value.encode()


def scram_verifier(password, salt, iterations):
    salted = hashlib.pbkdf2_hmac("sha256", password, salt, iterations)
    client_key = hmac.digest(salted, b"Client Key", "sha256")
    server_key = hmac.digest(salted, b"Server Key", "sha256")

    def text(data):
        return base64.b64encode(data).decode()

    stored_key = hashlib.sha256(client_key).digest()
    return "$".join(["SCRAM-SHA-256", f"{iterations}:{text(salt)}", f"{text(stored_key)}:{text(server_key)}"])


def is_verifier_of(verifier, password):
    """Whether the role has this password already: then nothing is changed."""
    try:
        kind, parameters, _ = verifier.split("$")
        iterations, salt = parameters.split(":")
        expected = scram_verifier(password, base64.b64decode(salt), int(iterations))
    except ValueError:
        return False
    return kind == "SCRAM-SHA-256" and hmac.compare_digest(expected, verifier)


def psql(port, sql):
    """Runs SQL as the local administrator; an error shows only its code, since its text could quote the verifier."""
    command = ["runuser", "-u", "postgres", "--", "psql", "-X", "-q", "-A", "-t", "-p", str(port), "-d", "postgres"]
    command += ["-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=sqlstate"]
    done = subprocess.run(command, input=sql, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        codes = " ".join(word for word in done.stderr.split() if word.isalnum() and len(word) == 5)
        raise Later(f"psql ended with {done.returncode} {codes}".strip())
    return done.stdout.strip()


def set_password(port, role, password):
    literal = "'" + role.replace("'", "''") + "'"
    current = psql(port, f"SELECT rolpassword FROM pg_authid WHERE rolname = {literal};")
    if is_verifier_of(current, password):
        return False
    verifier = scram_verifier(password, secrets.token_bytes(16), ITERATIONS)
    identifier = '"' + role.replace('"', '""') + '"'
    # Neither the server's log nor its statistics keep the statement.
    psql(
        port,
        "SET log_statement = 'none'; SET log_min_duration_statement = -1; SET log_min_error_statement = 'panic';\n"
        "SET track_activities = off; SET pg_stat_statements.track = 'none';\n"
        f"ALTER ROLE {identifier} PASSWORD '{verifier}';\n",
    )
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--imds-url", required=True)
    parser.add_argument("--vault-url", required=True)
    parser.add_argument("--secret", required=True)
    parser.add_argument("--client-id", default="")
    parser.add_argument("--role", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--patience", type=int, required=True, help="seconds")
    options = parser.parse_args()
    try:
        password = checked_password(read_secret_patiently(options), options.secret)
        if set_password(options.port, options.role, password):
            say(f"role '{options.role}' has the password of secret '{options.secret}' now")
        return 0
    except Later as error:
        say(f"FAILED: {error}")
        return TRY_AGAIN
    except Never as error:
        say(f"REFUSED: {error}")
        return NEEDS_A_PERSON


if __name__ == "__main__":
    sys.exit(main())
