import { usedPorts } from "../../port-page";

export const page = usedPorts({
  build: "13.1.0.411",
  pageDate: "2026-08-03",
  source: "https://helpcenter.veeam.com/docs/vbr/userguide/used_ports.html",
  rows: `
# Backup Server
Web UI and Host Management console PC, Veeam Backup & Replication console, Mount server, Veeam Infrastructure Appliance | Backup server | TCP | 443 |
Web UI and Host Management console PC | Backup server | TCP | 10443 | Veeam Software Appliances only
Web UI PC | Backup server | TCP | 80 | [Optional] optional: leads HTTP requests to HTTPS, so that the web UI opens without https://; can be switched off to free the port (KB4868)
Remote access PC | Backup server | TCP | 22 | Veeam Software Appliances only
Remote access PC | Backup server | TCP, UDP | 3389 | Remote Desktop; UDP is optional, used where available
Veeam Backup & Replication console | Backup server | TCP | 9420 | only for console 12.3.2 P1 (build 12.3.2.4165): automatic update of the console
Backup proxy, Backup repository (Linux), Backup repository (Microsoft Windows), Gateway server, Mount server | Backup server | TCP | 6162, 2500-3300 | 2500-3300 only as failover where 6162 is unavailable
REST client | Backup server | TCP | 9419 | direct access to the public REST API
REST client | Backup server | TCP | 443 | public REST API by way of the web UI's backend

# Veeam Servers and Services
Backup server, Veeam Infrastructure Appliance | Veeam Update Repository (repository.veeam.com) | TCP | 443, 80 | 443 or 80; Veeam Software and Infrastructure Appliances only
Backup server, Veeam Infrastructure Appliance | Veeam Update Repository (local mirror) (<localmirrorrepository.domain>) | TCP | 443, 80 | 443 or 80; Veeam Software and Infrastructure Appliances only; own mirror of the update repository, whose address takes the place of the name
Backup server | Veeam License Update Server (vbr.butler.veeam.com, autolk.veeam.com) | TCP | 443 |
Backup server | Veeam License Update Server CRL distribution points (*.ss2.us, *.amazontrust.com) | TCP | 80 | the CRL and OCSP addresses can change and stand in the certificate
Backup server | Veeam Update Notification Server (dev.veeam.com, vbrad.butler.veeam.com, vbrce.butler.veeam.com) | TCP | 443 |
Veeam Backup & Replication console, Web UI and Host Management console PC | Veeam AI Assistant (rest-ai.veeam.com) | TCP | 443 |
Backup server | Veeam ONE Server | TCP | 2741, 2805 | Veeam ONE only
Backup server | Veeam ONE Web Services Server | TCP | 1239 | Veeam ONE only

# Databases and External Services
Backup server | PostgreSQL configuration database | TCP | 5432 | Windows-based backup servers with an external configuration database only
Backup server | Microsoft SQL Server hosting the Veeam Backup & Replication configuration database | TCP | 1433 | Windows-based backup servers with an external SQL Server configuration database only; other configurations may need other ports
Backup server | SMTP server | TCP | 25 | notification mail
Backup server | SMTP server | TCP | 587 | notification mail; with SSL enabled
Backup server | Gmail REST API (gmail.googleapis.com, accounts.google.com, gstatic.com) | TCP | 443 | notification mail
Backup server | Microsoft Graph REST API (graph.microsoft.com, login.microsoftonline.com) | TCP | 443 | notification mail
Backup server, Veeam Infrastructure Appliance | NTP server | UDP | 123 | Veeam Software and Infrastructure Appliances only
Backup server, Veeam Infrastructure Appliance | NTS server | UDP | 123 | Veeam Software and Infrastructure Appliances only
Backup server, Veeam Infrastructure Appliance | NTS server | TCP | 4460 | Veeam Software and Infrastructure Appliances only
Any backup infrastructure component | DNS server | TCP, UDP | 53 |
Backup server | Certificate Revocation Lists | TCP | 80, 443 | 80 or 443; the addresses depend on the authority that issued the certificate and stand in the certificate
Backup server | Key Management System (KMIP) server | TCP | 5696 |
Backup server | Syslog server | TCP, UDP | 514 |
Backup server | Syslog server | TCP | 6514 |
Backup server, Veeam Infrastructure Appliance | Active Directory Domain Controllers | TCP | 636, 3268, 3269 |
Backup server, Veeam Infrastructure Appliance | Active Directory Domain Controllers | TCP, UDP | 389 |
Backup server, Veeam Infrastructure Appliance | Active Directory Domain Controllers | TCP, UDP | 445, 139 |
Backup server, Veeam Infrastructure Appliance | Active Directory Domain Controllers | TCP, UDP | 88 | Kerberos authentication where Veeam Software or Infrastructure Appliances are joined to the domain
Gateway server or backup proxy | Active Directory Domain Controllers | TCP | 389 | SMB (CIFS) repositories
Gateway server or backup proxy | Active Directory Domain Controllers | TCP | 88 | SMB (CIFS) repositories; Kerberos authentication where Veeam Software or Infrastructure Appliances are joined to the domain

# Veeam Infrastructure Appliances
Backup server | Veeam Infrastructure Appliance | TCP | 443 |
Web UI PC, Host Management console PC | Veeam Infrastructure Appliance | TCP | 10443 |
Remote access PC | Veeam Infrastructure Appliance | TCP | 22 |

# Backup Proxies
Backup server, Backup proxy, Backup repository, Mount server, Gateway server (for on-premises backup repository in case of Veeam Data Cloud Vault), On-premises backup repository | Backup proxy / Backup proxy (direct connection) | TCP | 6162, 2500-3300 | Linux proxy: another port can be set while the Linux server is added, if no transport or data mover component is on it yet; 2500-3300 only as failover where 6162 is unavailable
Backup server | Backup proxy (Microsoft Windows) | TCP | 445, 137, 139 | not needed where the Veeam Deployment Kit is installed; 137 and 139 only where SMB 1.0 is used
Backup server | Backup proxy (Microsoft Windows) | TCP | 6160 |
Backup server | Backup proxy (Linux) | TCP | 22 |
Backup server | Backup proxy (Linux) | TCP | 6160 |

# Gateway Servers
Backup server, Backup proxy, On-premises backup repository, Gateway server (for on-premises backup repository in case of Veeam Data Cloud Vault) | Gateway server / Gateway server for Veeam Data Cloud Vault | TCP | 6162, 2500-3300 | Linux gateway server: another port can be set while the Linux server is added, if no transport or data mover component is on it yet; 2500-3300 only as failover where 6162 is unavailable
Backup server | Gateway server (Microsoft Windows) | TCP | 445, 137, 139 | not needed where the Veeam Deployment Kit is installed; 137 and 139 only where SMB 1.0 is used
Backup server | Gateway server (Microsoft Windows) | TCP | 6160 |
Backup server | Gateway server (Linux) | TCP | 22 |
Backup server | Gateway server (Linux) | TCP | 6160 |
Mount server running vPower NFS Service | Gateway server working with backup repository | TCP | 6162, 2500-3300 | Instant Recovery, SureBackup and Linux file-level recovery; Veeam Transport Service (Data Mover Service where the product is installed on Microsoft Windows); 2500-3300 only as failover where 6162 is unavailable

# Backup Repositories: Common Ports
Mount server running vPower NFS Service | Backup repository | TCP | 6162, 2500-3300 | Instant Recovery, SureBackup and Linux file-level recovery; 2500-3300 only as failover where 6162 is unavailable
Veeam Backup & Replication console, Backup proxy | Backup repository | TCP | 6162, 2500-3300 | Linux repository: another port can be set while the Linux server is added, if no transport or data mover component is on it yet; 2500-3300 only as failover where 6162 is unavailable

# Backup Repositories: Microsoft Windows/Linux-Based Backup Repositories
Backup server | Backup repository | TCP | 6160 |
Backup server | Backup repository (Microsoft Windows) | TCP | 445, 137, 139 | not needed where the Veeam Deployment Kit is installed; 137 and 139 only where SMB 1.0 is used
Backup server | Backup repository (Linux) | TCP | 22 |
Source backup repository | Target backup repository | TCP | 6162, 2500-3300 | backup copy jobs; with WAN accelerators their own ports as well

# Backup Repositories: NFS Backup Repositories, SMB Backup Repositories, Dell Data Domain System, and HPE StoreOnce
Gateway server or backup proxy | NFS backup repository | TCP, UDP | 111, 2049 |
Gateway server or backup proxy | NFS backup repository (NFS v3) | TCP, UDP | <mountd_port>, <statd_port>, <lockd_port> | can be fixed
Gateway server or backup proxy | SMB (CIFS) backup repository (Microsoft Windows) | TCP | 445 | data channel of a gateway server that is chosen in the repository's settings
Backup server, Gateway server | Dell Data Domain | TCP | 111 | assigns the random port of mountd (NFS, DD Boost); mountd's port can be fixed
Backup server, Gateway server | Dell Data Domain | TCP | 2049 | main NFS port; can be changed on the system (nfs set server-port, SE mode)
Backup server, Gateway server | Dell Data Domain | TCP | 2052 | main NFS mountd port; can be changed on the system (nfs set mountd-port, SE mode)
Backup server or gateway server | HPE StoreOnce | TCP | 9387 |
Backup server or gateway server | HPE StoreOnce | TCP | 9388 |

# Backup Repositories: ExaGrid, Quantum DXi, Fsas ETERNUS CS800, Infinidat InfiniGuard
Backup server | Deduplicating appliance | TCP | 22 |
Backup server | Deduplicating appliance | TCP | 6162, 2500-3300, 6160 | 2500-3300 only as failover where 6162 is unavailable

# Backup Repositories: Object Storage Repositories
Backup server | Smart Object Storage API (SOSAPI) compatible S3 object storage | TCP | 443 |
Backup proxy (direct connection)/Gateway server or backup server | S3 compatible object storage | TCP | <depends on device configuration> | the port depends on how the device is configured
Backup proxy (direct connection)/Gateway server or backup server | Microsoft Azure object storage (<storage-account>.blob.core.windows.net, <storage-account>.blob.storage.azure.net, <storage-account>.blob.core.chinacloudapi.cn, <storage-account>.blob.core.usgovcloudapi.net) | TCP | 443 | the name depends on the region: core.windows.net and blob.storage.azure.net Global, chinacloudapi.cn China, usgovcloudapi.net Government; the storage account takes the place of <storage-account>
Backup proxy (direct connection)/Gateway server or backup server | Microsoft Azure CRL distribution points | TCP | 80 | certificate check (CRL and OCSP); the addresses can change and stand in Microsoft's list and in the certificate

# Backup Repositories: Scale-Out Backup Repositories
Source extent | Target extent | TCP | 6162, 2500-3300 | 2500-3300 only as failover where 6162 is unavailable
Target extent | Source extent | TCP | 6162, 2500-3300 | 2500-3300 only as failover where 6162 is unavailable

# Mount Servers
Veeam Backup & Replication console | Mount server | TCP | 6162, 2500-3300 | guest OS file-level restore; not needed where the mount server is on the console's machine; 2500-3300 only as failover where 6162 is unavailable
Backup server | Mount server | TCP | 445 | not needed where the Veeam Deployment Kit is installed
Backup server | Mount server | TCP | 6160 |
Backup server | Mount server | TCP | 6162, 2500-3300 |
Backup server | Mount server | TCP | 6170 |
Backup server | Mount server running vPower NFS Service | TCP | 6160 |
Backup server | Mount server running vPower NFS Service | TCP | 6161 |
Backup repository or gateway server working with backup repository | Mount server running vPower NFS Service | TCP | 6162, 2500-3300 | Instant Recovery, SureBackup or Linux file-level recovery; 2500-3300 only as failover where 6162 is unavailable

# High Availability (HA) Cluster Components
Backup server (primary or standby) | PostgreSQL configuration database | TCP | 5432 | from the primary server to its own configuration database and from the standby server to its own
Backup Server Cluster member | Backup Server Cluster member | TCP | 8008, 8500 |

# Unstructured Data Backup Components: Cache Repositories
Backup server, Backup proxy | Cache repository | TCP | 6162, 2500-3300 | 2500-3300 only as failover where 6162 is unavailable
Backup server | Cache repository | TCP | 6160 |
Backup server | Cache repository (Linux) | TCP | 22 |
Old cache repository | New cache repository | TCP | 2500-3300 | metadata migration while the cache repository is changed
New cache repository | Old cache repository | TCP | 2500-3300 | metadata migration while the cache repository is changed

# Unstructured Data Backup Components: Repositories
Cache repository | Primary or secondary backup repository | TCP | 6162, 2500-3300 | 2500-3300 only as failover where 6162 is unavailable

# Unstructured Data Backup Components: Other Backup Infrastructure Components
Cache repository | Gateway server | TCP | 6162, 2500-3300 | 2500-3300 only as failover where 6162 is unavailable

# Guest OS File Recovery Components: Backup Repositories
Mount server | Backup repository | TCP | 6162, 2500-3300 | 2500-3300 only as failover where 6162 is unavailable

# Guest OS File Recovery Components: Veeam Update Servers
Mount server | Veeam Signature Update Server (avupdate.veeam.com) | TCP | 443 |
`,
});
