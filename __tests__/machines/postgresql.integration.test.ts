import { randomBytes } from "node:crypto";
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PostgresqlTls } from "../../lib/machines/pg-hba";
import {
  POSTGRESQL_HOME,
  postgresqlCloudInit,
  type PostgresqlMachineOptions,
} from "../../lib/machines/postgresql-cloud-init";
import { debianRoot, ROOT_COMMANDS } from "./support/debian-root";
import { type Disk, eventually, Machine, type Running } from "./support/machine";
import { describeWith } from "./support/tools";
import { VAULT } from "../support/tools/resources";

const SERVER = "127.0.0.10";
const BACKUP_SERVER = "127.0.0.20";
const STRANGER = "127.0.0.40";
const PASSWORD = `canary-'"$\`\\-${randomBytes(12).toString("hex")}`;
const CONFIGURE = `${POSTGRESQL_HOME}/configure.sh`;

const OPTIONS: PostgresqlMachineOptions = {
  clients: ["127.0.0.16/28"],
  listenAddress: SERVER,
  packageSource: { kind: "image" },
  passwordSecret: { secretId: `${VAULT}/secrets/veeam-password` },
};

describeWith(
  { commands: [...ROOT_COMMANDS, "mkfs.ext4", "sfdisk", "mkswap"], root: true },
  "PostgreSQL, configured by what is shipped",
  () => {
    let base: string;
    let folder: string;

    beforeAll(() => {
      base = debianRoot();
      folder = mkdtempSync(join(tmpdir(), "disks-"));
    });
    afterAll(async () => {
      await Machine.stopAll();
      rmSync(folder, { recursive: true, force: true });
    });

    function blankDisk(name: string, mebibytes = 384): string {
      const file = join(folder, name);
      writeFileSync(file, "");
      truncateSync(file, mebibytes * 1024 * 1024);
      return file;
    }

    /** A machine with the user data; the scripts are shipped byte for byte, and only addresses of Azure are set. */
    async function machineWith(options: Partial<PostgresqlMachineOptions> = {}): Promise<Machine> {
      const machine = await Machine.start(base);
      machine.applyUserData(postgresqlCloudInit({ ...OPTIONS, ...options }));
      set(machine, "IMDS_URL", "http://127.0.0.1:8001");
      set(machine, "VAULT_URL", "http://127.0.0.1:8001");
      set(machine, "SECRET_PATIENCE_SECONDS", "20");
      return machine;
    }

    function set(machine: Machine, name: string, value: string): void {
      const path = machine.path(`${POSTGRESQL_HOME}/settings`);
      const settings = readFileSync(path, "utf8");
      const changed = settings.replace(new RegExp(`^${name}=.*$`, "m"), `${name}='${value}'`);
      if (!settings.includes(`${name}=`)) throw new Error(`No setting ${name}`);
      writeFileSync(path, changed);
    }

    async function keyVault(machine: Machine, refusals = 0, secret = PASSWORD): Promise<Running> {
      const program = join(__dirname, "fixtures/key-vault.mjs");
      const vault = machine.beginInNetwork([process.execPath, program, "8001", secret, String(refusals)]);
      await eventually("the key vault listens", () => vault.output().includes("listening"));
      return vault;
    }

    /** Connects as Veeam would, from the address. */
    function connect(
      machine: Machine,
      from: string,
      sql: string,
      { user = "veeam", password = PASSWORD, sslmode = "prefer", database = "postgres", port = 5432 } = {},
    ): { code: number | null; output: string } {
      machine.connectTo(SERVER, from);
      const target = `host=${SERVER} port=${port} user=${user} dbname=${database} sslmode=${sslmode} connect_timeout=5`;
      // A file of passwords, since the password has characters that a connection string would need quoted.
      machine.write("/root/.pgpass", `*:*:*:*:${password.replace(/([\\:])/g, "\\$1")}\n`, 0o600);
      return machine.run(`psql --no-psqlrc -At -v ON_ERROR_STOP=1 "${target}"`, sql);
    }

    /** Configures the machine, which must go well, and gives what it said. */
    function configure(machine: Machine): string {
      return machine.must(CONFIGURE);
    }

    /** All files of the folders with what is in them, but for what a running server writes all the time. */
    function snapshot(machine: Machine): string {
      return machine.must(
        "find /etc /usr/local /srv/postgresql/tls -type f ! -name .pgpass -printf '%p %m %u:%g %T@\\n' -exec sha256sum '{}' + | sort",
      );
    }

    describe("on a machine with a blank disk that is attached late", () => {
      let machine: Machine;
      let vault: Running;
      let disk: Disk;
      let first: { code: number | null; output: string };
      let waited: string;

      beforeAll(async () => {
        machine = await machineWith();
        vault = await keyVault(machine, 2);
        disk = machine.attach(blankDisk("late"));
        const run = machine.begin(CONFIGURE);
        await eventually("the script waits for the disk", () =>
          run.output().includes("waiting for the data disk"),
        );
        await new Promise((resolve) => setTimeout(resolve, 2000));
        waited = machine.run("mount | grep /srv; ls /etc/postgresql/17; true").output;
        machine.link(disk);
        first = await run.ended;
      });
      afterAll(async () => {
        await machine?.stop();
      });

      it("waits for the disk, touching nothing meanwhile, and then comes up", () => {
        expect(waited).not.toMatch(/srv|veeam/);
        expect(first.output).toContain("PostgreSQL 17 is ready on port 5432");
        expect(first.code).toBe(0);
      });

      it("tries again while the role assignment spreads", () => {
        expect(first.output.match(/answered 403 .*; trying again/g)).toHaveLength(2);
        expect(vault.output()).toContain("GET /secrets/veeam-password api-version=7.4");
      });

      it("keeps the cluster on the disk, mounted by UUID without holding up the boot", () => {
        expect(machine.must("findmnt -no FSTYPE,LABEL -M /srv/postgresql")).toMatch(/ext4\s+veeam-pgdata/);
        expect(machine.must("cat /etc/fstab")).toMatch(
          /^UUID=[0-9a-f-]{36} \/srv\/postgresql ext4 \S*nofail,x-systemd/m,
        );
        expect(machine.must("pg_lsclusters -h")).toMatch(
          /^17\s+veeam\s+5432\s+online\s+postgres\s+\/srv\/postgresql\/17\/veeam /,
        );
      });

      it("lets Veeam in from the backup server with the right password, to make databases", () => {
        const made = connect(
          machine,
          BACKUP_SERVER,
          `CREATE DATABASE tenant; SELECT rolsuper FROM pg_roles WHERE rolname = current_user;
         SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = 'tenant';
         CREATE EXTENSION plperl; CREATE EXTENSION pg_trgm; SELECT inet_client_addr();`,
        );
        expect(made).toEqual({
          code: 0,
          output: `CREATE DATABASE\nt\nUTF8\nCREATE EXTENSION\nCREATE EXTENSION\n${BACKUP_SERVER}\n`,
        });
      });

      it("refuses a wrong password", () => {
        const { code, output } = connect(machine, BACKUP_SERVER, "SELECT 1", { password: "wrong" });
        expect(code).not.toBe(0);
        expect(output).toContain("password authentication failed");
      });

      it("refuses the right password from another address", () => {
        const { code, output } = connect(machine, STRANGER, "SELECT 1");
        expect(code).not.toBe(0);
        expect(output).toContain(`no pg_hba.conf entry for host "${STRANGER}"`);
      });

      it("refuses the right password from the machine itself over the network", () => {
        const { code, output } = machine.run(
          `psql "host=127.0.0.1 user=veeam dbname=postgres" -c 'SELECT 1'`,
        );
        expect(code).not.toBe(0);
        expect(output).toContain("no pg_hba.conf entry");
      });

      it.each(["postgres", "other"])("refuses the remote user %s, even with a password", (user) => {
        machine.must(
          `runuser -u postgres -- psql -qc "DO \\$\\$ BEGIN CREATE ROLE other LOGIN PASSWORD 'known'; EXCEPTION WHEN duplicate_object THEN END \\$\\$; ALTER ROLE postgres PASSWORD 'known'"`,
        );
        const { code, output } = connect(machine, BACKUP_SERVER, "SELECT 1", { user, password: "known" });
        expect(code).not.toBe(0);
        expect(output).toContain("no pg_hba.conf entry");
      });

      it("refuses replication, which takes the data without a query", () => {
        const { code, output } = connect(machine, BACKUP_SERVER, "", {
          database: "postgres replication=true",
        });
        expect(code).not.toBe(0);
        expect(output).toContain("no pg_hba.conf entry for replication connection");
      });

      it("offers TLS, and does without where the client wants none", () => {
        const encrypted = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
        expect(connect(machine, BACKUP_SERVER, encrypted, { sslmode: "require" }).output).toBe("t\n");
        expect(connect(machine, BACKUP_SERVER, encrypted, { sslmode: "disable" }).output).toBe("f\n");
      });

      it("shows a certificate for its address, which a client can pin", () => {
        machine.must("cp /srv/postgresql/tls/server.crt /root/server.crt");
        const pinned = { sslmode: "verify-full sslrootcert=/root/server.crt" };
        expect(connect(machine, BACKUP_SERVER, "SELECT 1", pinned)).toEqual({ code: 0, output: "1\n" });
        expect(machine.must("stat -c '%a %U' /srv/postgresql/tls/server.key")).toBe("600 postgres");
      });

      it("has the extensions, the sizes and the settings asked for", () => {
        const memory = Number(machine.must("awk '/MemTotal/ {print int($2/1024/64)*64}' /proc/meminfo"));
        const asked = [
          "listen_addresses",
          "password_encryption",
          "shared_preload_libraries",
          "data_checksums",
        ];
        const shown = connect(machine, BACKUP_SERVER, asked.map((name) => `SHOW ${name};`).join("")).output;
        expect(shown).toBe(`localhost, ${SERVER}\nscram-sha-256\npg_stat_statements\non\n`);
        const buffers = "SELECT setting::int * 8 / 1024 FROM pg_settings WHERE name = 'shared_buffers'";
        expect(connect(machine, BACKUP_SERVER, buffers).output).toBe(`${Math.floor(memory / 4)}\n`);
        expect(connect(machine, BACKUP_SERVER, "SELECT count(*) > 0 FROM pg_stat_statements").output).toBe(
          "t\n",
        );
      });

      it("tells the password to nobody: no log, no file, no process, no statistics", () => {
        const secret = PASSWORD.replace(/.*-/, "");
        machine.run("rm -f /root/.pgpass");
        const found = machine.run(
          `grep -rlaF ${secret} /etc /var /usr/local /srv /run /root /tmp; grep -laF ${secret} /proc/[0-9]*/cmdline /proc/[0-9]*/environ; true`,
        );
        expect(
          found.output.split("\n").filter((line) => line.startsWith("/") && !line.startsWith("/proc/")),
        ).toEqual([]);
        expect(first.output).not.toContain(secret);
        expect(vault.output()).not.toContain(secret);
        // PostgreSQL keeps neither the password nor what it was set with.
        const statements = "SELECT count(*) FROM pg_stat_statements WHERE query LIKE '%SCRAM-SHA-256$4096%'";
        expect(machine.must(`runuser -u postgres -- psql -Atc "${statements.replace("$", "\\$")}"`)).toBe(
          "0",
        );
        expect(machine.run("grep -r 'SCRAM-SHA-256\\$' /var/log").output).toBe("");
        expect(first.output).not.toContain("a-token-that-no-log-may-show");
      });

      it("changes nothing and restarts nothing when it runs again", () => {
        const started = "SELECT pg_postmaster_start_time(), pg_conf_load_time()";
        const role = "SELECT rolpassword FROM pg_authid WHERE rolname = 'veeam'";
        const state = (): string =>
          snapshot(machine) + machine.must(`runuser -u postgres -- psql -Atc "${started}" -c "${role}"`);
        const before = state();
        expect(configure(machine)).toBe("");
        expect(state()).toBe(before);
      });

      it("tells monitoring its state, and keeps no block of the disk for root", () => {
        const status = machine.must("cat /run/veeam-postgresql/status");
        expect(status).toMatch(/^state=ready\nmessage=PostgreSQL 17 is ready on port 5432\ntime=20/);
        expect(status).toMatch(/^disk_used_percent=\d+$/m);
        expect(status).toMatch(/^certificate_expires=20\d\d-/m);
        expect(status).toMatch(/^server_version=17\.\d+$/m);
        expect(status).toMatch(/^reboot_required=no$/m);
        expect(machine.must(`dumpe2fs -h ${disk.device} 2>&1 | grep 'Reserved block count'`)).toMatch(/ 0$/);
        machine.must(`tune2fs -m 5 ${disk.device}`);
        configure(machine);
        expect(machine.must(`dumpe2fs -h ${disk.device} 2>&1 | grep 'Reserved block count'`)).toMatch(/ 0$/);
      });

      it("fails while the disk is full, and says so, and is ready again once there is room", () => {
        machine.must(
          "fallocate -l $(($(df --output=avail -B1 /srv/postgresql | tail -1) - 20000000)) /srv/postgresql/fill",
        );
        const { code, output } = machine.run(CONFIGURE);
        expect(code).toBe(1);
        expect(output).toContain("FAILED: the data disk is full");
        expect(machine.must("cat /run/veeam-postgresql/status")).toMatch(
          /^state=failed\nmessage=the data disk is full/,
        );
        machine.must("rm /srv/postgresql/fill");
        expect(configure(machine)).toContain("is ready on port 5432");
      });

      it("takes the rights of an account whose name was changed, and gives them back", () => {
        const roles =
          "SELECT string_agg(rolname, ',' ORDER BY rolname) FROM pg_roles WHERE rolsuper AND rolcanlogin";
        const superusers = (): string => machine.must(`runuser -u postgres -- psql -Atc "${roles}"`);
        set(machine, "SUPERUSER", "entra");
        expect(configure(machine)).toContain("the role veeam was Veeam's account before");
        expect(superusers()).not.toContain("veeam");
        set(machine, "SUPERUSER", "veeam");
        configure(machine);
        expect(superusers()).toMatch(/veeam/);
        expect(superusers()).not.toContain("entra");
        expect(connect(machine, BACKUP_SERVER, "SELECT 1").code).toBe(0);
      });

      it("makes another certificate when its address is another, and no other time", () => {
        const serial = (): string =>
          machine.must("openssl x509 -in /srv/postgresql/tls/server.crt -noout -serial -ext subjectAltName");
        const before = serial();
        configure(machine);
        expect(serial()).toBe(before);
        set(machine, "TLS_NAME", "127.0.0.11");
        set(machine, "TLS_ALTERNATIVE_NAMES", "IP:127.0.0.11");
        expect(configure(machine)).toContain("the certificate is not for 127.0.0.11");
        expect(serial()).toContain("IP Address:127.0.0.11");
        set(machine, "TLS_NAME", SERVER);
        set(machine, "TLS_ALTERNATIVE_NAMES", `IP:${SERVER}`);
        configure(machine);
      });

      it("is backed up by pg_basebackup on the machine itself, and restored from it", () => {
        machine.must("install -d -o postgres /root/../backup /restored && chmod 700 /restored");
        const insert = "CREATE TABLE saved AS SELECT generate_series(1, 500) AS number";
        expect(connect(machine, BACKUP_SERVER, insert, { database: "tenant" }).code).toBe(0);
        machine.must(
          "runuser -u postgres -- pg_basebackup --checkpoint=fast --format=tar --gzip --pgdata=/backup/today",
        );
        machine.must(
          "tar -xzf /backup/today/base.tar.gz -C /restored && tar -xzf /backup/today/pg_wal.tar.gz -C /restored/pg_wal",
        );
        machine.must(
          "chown -R postgres /restored && printf 'port = 5499\\n' >/restored/postgresql.conf && printf 'local all postgres peer\\n' >/restored/pg_hba.conf && touch /restored/pg_ident.conf && chown postgres /restored/*.conf",
        );
        machine.must(
          "runuser -u postgres -- /usr/lib/postgresql/17/bin/pg_ctl -D /restored -w -l /restored/log start",
        );
        expect(
          machine.must("runuser -u postgres -- psql -p 5499 -d tenant -Atc 'SELECT count(*) FROM saved'"),
        ).toBe("500");
        machine.must(
          "runuser -u postgres -- /usr/lib/postgresql/17/bin/pg_ctl -D /restored -w stop; rm -rf /restored /backup",
        );
      });

      it("takes a new password from the vault", async () => {
        vault.kill();
        await vault.ended;
        const renewed = await keyVault(machine, 0, "another password");
        configure(machine);
        expect(connect(machine, BACKUP_SERVER, "SELECT 1", { password: "another password" }).code).toBe(0);
        expect(connect(machine, BACKUP_SERVER, "SELECT 1").code).not.toBe(0);
        renewed.kill();
        await renewed.ended;
        vault = await keyVault(machine);
        configure(machine);
      });

      it("keeps the data over a restart, and over a crash", () => {
        const insert = "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS number";
        expect(connect(machine, BACKUP_SERVER, insert, { database: "tenant" }).code).toBe(0);
        machine.must("pg_ctlcluster 17 veeam restart");
        const count = (): string =>
          connect(machine, BACKUP_SERVER, "SELECT count(*) FROM kept", { database: "tenant" }).output;
        expect(count()).toBe("1000\n");
        machine.must("pg_ctlcluster 17 veeam stop --mode immediate");
        configure(machine);
        expect(count()).toBe("1000\n");
      });

      it("makes the database postgres again when someone dropped it", () => {
        machine.must("runuser -u postgres -- psql -d template1 -qc 'DROP DATABASE postgres'");
        configure(machine);
        expect(connect(machine, BACKUP_SERVER, "SELECT 1").code).toBe(0);
      });

      it("takes a change in, with a restart where a setting needs one, and says so", () => {
        set(machine, "MAX_CONNECTIONS", "50");
        expect(configure(machine)).toMatch(
          /restarting the server, since these settings only change at a start: max_connections/,
        );
        expect(connect(machine, BACKUP_SERVER, "SHOW max_connections").output).toBe("50\n");
      });

      it("gives the disk with its data to the next machine", async () => {
        expect(machine.must(`${POSTGRESQL_HOME}/release-disk.sh`)).toContain("the machine can be replaced");
        expect(machine.run("mountpoint /srv/postgresql").code).not.toBe(0);
        const next = await machineWith({ tls: PostgresqlTls.REQUIRED, plPerl: false });
        try {
          await keyVault(next);
          // The account has another number there, and the disk comes by NVMe under its other link.
          next.must(
            "usermod --uid 4242 postgres && chown -R postgres /var/lib/postgresql /var/log/postgresql /var/run/postgresql",
          );
          next.link(next.attach(disk.file), "/dev/disk/azure/data/by-lun/0");
          const run = configure(next);
          expect(run).toContain("taking over the cluster that is on the data disk");
          expect(run).not.toContain("formatting");
          const count = { database: "tenant", sslmode: "require" };
          expect(connect(next, BACKUP_SERVER, "SELECT count(*) FROM kept", count).output).toBe("1000\n");
          // Required is required.
          const plain = connect(next, BACKUP_SERVER, "SELECT 1", { sslmode: "disable" });
          expect(plain.code).not.toBe(0);
          expect(plain.output).toContain("no encryption");
        } finally {
          await next.stop();
        }
      });
    });

    describe("on a disk that is not blank", () => {
      const contents: ReadonlyArray<readonly [string, (file: string) => void, RegExp]> = [
        ["a foreign file system", (file) => execFileSync("mkfs.ext4", ["-q", "-L", "photos", file]), /ext4/],
        [
          "a partition table",
          (file) => execFileSync("sfdisk", ["-q", file], { input: "label: gpt\n,,\n" }),
          /gpt/,
        ],
        ["swap space", (file) => execFileSync("mkswap", ["-q", file], { stdio: "pipe" }), /swap/],
        ["bytes at the start", (file) => writeAt(file, 4096), /bytes of no known format/],
        ["bytes at the end", (file) => writeAt(file, 96 * 1024 * 1024 - 8), /bytes of no known format/],
        [
          "bytes all over the middle",
          (file) => writeAt(file, 40 * 1024 * 1024, 8 * 1024 * 1024),
          /bytes of no known/,
        ],
      ];

      function writeAt(file: string, offset: number, length = 8): void {
        execFileSync(
          "dd",
          [
            `of=${file}`,
            "conv=notrunc",
            "bs=8",
            `seek=${offset}`,
            "oflag=seek_bytes",
            `count=${Math.ceil(length / 8)}`,
            "status=none",
          ],
          { input: Buffer.alloc(length, "somebody") },
        );
      }

      it.each(contents)("neither formats nor uses one with %s", async (_, fill, said) => {
        const file = blankDisk("filled", 96);
        fill(file);
        const sum = execFileSync("sha256sum", [file], { encoding: "utf8" });
        const machine = await machineWith();
        try {
          machine.link(machine.attach(file));
          const { code, output } = machine.run(CONFIGURE);
          expect(code).toBe(78);
          expect(output).toMatch(
            /REFUSED: the disk on LUN 0 .* is not blank and was not made by this script/,
          );
          expect(output).toMatch(said);
          expect(machine.must("cat /var/log/veeam-postgresql.log")).toContain("REFUSED: the disk on LUN 0");
          expect(machine.run("ls /etc/postgresql/17/veeam").code).not.toBe(0);
        } finally {
          await machine.stop();
        }
        expect(execFileSync("sha256sum", [file], { encoding: "utf8" })).toBe(sum);
      });

      it("learns how to get back its own disk after the label was emptied", async () => {
        const file = blankDisk("unlabelled", 96);
        execFileSync("mkfs.ext4", ["-q", file]);
        const machine = await machineWith();
        try {
          machine.link(machine.attach(file));
          const { code, output } = machine.run(CONFIGURE);
          expect(code).toBe(78);
          const [command] = /e2label \S+ veeam-pgdata/.exec(output) ?? [""];
          machine.must(command);
          await keyVault(machine);
          // Too small for the server's reserve; but it is taken for what it is.
          expect(machine.run(CONFIGURE).output).not.toContain("is not blank");
        } finally {
          await machine.stop();
        }
      });

      it("refuses data of another version, rather than to start an empty server beside it", async () => {
        const file = blankDisk("older", 96);
        const machine = await machineWith();
        try {
          const { device } = machine.attach(file);
          machine.must(`mkfs.ext4 -q -L veeam-pgdata ${device} && mkdir /mnt/d && mount ${device} /mnt/d`);
          machine.must("mkdir -p /mnt/d/15/veeam && echo 15 >/mnt/d/15/veeam/PG_VERSION && umount /mnt/d");
          machine.link({ file, device });
          const { code, output } = machine.run(CONFIGURE);
          expect(code).toBe(78);
          expect(output).toContain("holds a cluster of PostgreSQL 15, but 17 is asked for");
        } finally {
          await machine.stop();
        }
      });
    });

    it("finds an NVMe disk without any link, by its namespace", async () => {
      const machine = await machineWith();
      try {
        const { device } = machine.attach(blankDisk("nvme", 96));
        machine.must(`mount -t tmpfs none /sys/class && mkdir -p /sys/class/nvme/nvme0/nvme0n2`);
        machine.write("/sys/class/nvme/nvme0/model", "MSFT NVMe Accelerator v1.0\n");
        machine.must(`cp -a ${device} /dev/nvme0n2`);
        const found = machine.must(
          `cd ${POSTGRESQL_HOME}; . ./settings; . ./common.sh; . ./data-disk.sh; find_data_disk`,
        );
        expect(found).toBe("/dev/nvme0n2");
      } finally {
        await machine.stop();
      }
    });

    it("finishes what a run left that was cut off while it made the cluster", async () => {
      const machine = await machineWith();
      try {
        await keyVault(machine);
        machine.link(machine.attach(blankDisk("cut")));
        const run = machine.begin(CONFIGURE);
        await eventually("the cluster is being made", () =>
          existsSync(machine.path("/srv/postgresql/17/veeam/PG_VERSION")),
        );
        machine.run("kill -9 -1");
        await run.ended;
        machine.run("umount /srv/postgresql");
        const again = configure(machine);
        expect(again).toMatch(/what it left is set aside under the name unfinished-/);
        expect(connect(machine, BACKUP_SERVER, "SELECT 1").code).toBe(0);
        expect(
          readdirSync(machine.path("/srv/postgresql")).some((name) => name.startsWith("unfinished-")),
        ).toBe(true);
      } finally {
        await machine.stop();
      }
    });

    it("leaves a cluster that the image brought alone, but for the port", async () => {
      const machine = await machineWith({ port: 5433 });
      try {
        await keyVault(machine);
        machine.must("pg_createcluster --port 5433 17 main && pg_ctlcluster 17 main start");
        machine.link(machine.attach(blankDisk("brought")));
        const run = configure(machine);
        expect(run).toContain("cluster 17/main has port 5433 too");
        expect(machine.must("pg_lsclusters -h; cat /etc/postgresql/17/main/start.conf")).toMatch(
          /17 main +5433 down[^]*17 veeam +5433 online[^]*manual/,
        );
        expect(connect(machine, BACKUP_SERVER, "SELECT 1", { port: 5433 }).code).toBe(0);
      } finally {
        await machine.stop();
      }
    });

    describe("says in words what is wrong, ends with an error, and comes up when it is mended", () => {
      it("where not every client can type the secret", async () => {
        const machine = await machineWith();
        try {
          machine.link(machine.attach(blankDisk("secret")));
          for (const [secret, words] of [
            ["", /REFUSED: secret 'veeam-password' is empty/],
            ["word\n", /REFUSED: secret 'veeam-password' begins or ends with a line break/],
            ["pässword", /REFUSED: secret 'veeam-password' has characters beyond printable ASCII/],
          ] as const) {
            const vault = await keyVault(machine, 0, secret);
            const run = machine.run(CONFIGURE);
            expect(run.code).toBe(78);
            expect(run.output).toMatch(words);
            vault.kill();
            await vault.ended;
          }
          // Without a password, the superuser cannot log in with any.
          expect(connect(machine, BACKUP_SERVER, "SELECT 1", { password: "word" }).code).not.toBe(0);
          await keyVault(machine);
          configure(machine);
          expect(connect(machine, BACKUP_SERVER, "SELECT 1").code).toBe(0);
        } finally {
          await machine.stop();
        }
      });

      it("where the vault never lets it in, a disk never comes, or a package is missing", async () => {
        const machine = await machineWith();
        try {
          set(machine, "SECRET_PATIENCE_SECONDS", "3");
          set(machine, "DATA_DISK_WAIT_SECONDS", "1");
          const noDisk = machine.run(CONFIGURE);
          expect(noDisk.code).toBe(1);
          expect(noDisk.output).toContain("FAILED: no data disk on LUN 0 after 1 seconds");
          machine.link(machine.attach(blankDisk("never")));
          await keyVault(machine, 100);
          const refused = machine.run(CONFIGURE);
          expect(refused.code).toBe(1);
          expect(refused.output).toMatch(
            /answered 403 \(Forbidden: ForbiddenByRbac: Caller is not authorized to perform action on resource\.\)\. Tried for 3 seconds\. Needed: the role 'Key Vault Secrets User'/,
          );
          set(machine, "VAULT_URL", "http://203.0.113.1");
          const inTheClear = machine.run(CONFIGURE);
          expect(inTheClear.code).toBe(78);
          expect(inTheClear.output).toContain("it must be https");
          set(machine, "PACKAGES", "postgresql-17 no-such-package");
          const noPackage = machine.run(CONFIGURE);
          expect(noPackage.code).toBe(78);
          expect(noPackage.output).toContain("the image lacks these packages: no-such-package");
        } finally {
          await machine.stop();
        }
      });
    });
  },
);
