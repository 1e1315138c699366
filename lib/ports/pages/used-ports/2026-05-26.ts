import { usedPorts } from "../../port-page";

export const page = usedPorts({
  build: "13.0.2.29",
  pageDate: "2026-05-26",
  source: "https://helpcenter.veeam.com/docs/vbr/userguide/used_ports.html",
  rows: `
# Backup Server
PC where web UI is open, Remote Veeam Backup & Replication console, Mount server | Backup server | TCP | 443 | communication with the backup server
PC where web UI is open | Backup server | TCP | 10443 | Host Management console of Linux-based backup servers deployed from the Veeam Software Appliance ISO
Remote access PC | Backup server | TCP | 22 | SSH to Linux-based backup servers deployed from the Veeam Software Appliance ISO
Remote access PC | Backup server | TCP | 3389 | Remote Desktop to Windows-based backup servers; other remote access software may need other ports
Veeam Backup & Replication console | Backup server | TCP | 9420 | only for console 12.3.2 P1 (build 12.3.2.4165): automatic update of the console
Backup proxy | Backup server | TCP | 6162, 2500-3300 | Veeam Transport Service (Data Mover Service where the product is installed on Microsoft Windows), transfer of the ransomware index; 2500-3300 only as failover where 6162 is unavailable
Backup repository (Linux), Backup repository (Microsoft Windows), Gateway server, Mount server | Backup server | TCP | 6162, 2500-3300 | Veeam Transport Service (Data Mover Service where the product is installed on Microsoft Windows); 2500-3300 only as failover where 6162 is unavailable
REST client | Backup server | TCP | 9419 | REST API service
Veeam Infrastructure Appliance | Backup server | TCP | 443 | components deployed from the Veeam Infrastructure Appliance ISO: authentication of connections that come from Veeam Backup & Replication

# Veeam Servers and Services
Backup server, Veeam Infrastructure Appliance | Veeam Update Repository (repository.veeam.com) | TCP | 443, 80 | 443 or 80; Linux-based backup servers deployed from the Veeam Software Appliance ISO and components deployed from the Veeam Infrastructure Appliance ISO: product, operating system and security updates
Backup server, Veeam Infrastructure Appliance | Veeam Update Repository (local mirror) (<localmirrorrepository.domain>) | TCP | 443, 80 | 443 or 80; Linux-based backup servers deployed from the Veeam Software Appliance ISO and components deployed from the Veeam Infrastructure Appliance ISO: own mirror of the update repository, whose address takes the place of the name
Backup server | Veeam License Update Server (vbr.butler.veeam.com, autolk.veeam.com) | TCP | 443 | automatic licence update over HTTPS; Veeam Threat Hunter and Veeam Data Cloud Vault need it too
Backup server | Veeam License Update Server (*.ss2.us, *.amazontrust.com) | TCP | 80 | certificate check when the licence server is contacted; Veeam Threat Hunter needs it too; the CRL and OCSP addresses can change and stand in the certificate
Backup server | Veeam Update Notification Server (dev.veeam.com, vbrad.butler.veeam.com, vbrce.butler.veeam.com) | TCP | 443 | information about available updates, over HTTPS
Veeam Backup & Replication console, PC where web UI is open | Veeam AI Assistant (rest-ai.veeam.com) | TCP | 443 | AI assistant
Backup server | Veeam ONE Server | TCP | 2741 | Veeam ONE's internal web API, for the Analytics view
Backup server | Veeam ONE Server | TCP | 2805 | data collection by Veeam ONE: analytics service to monitoring service
Backup server | Veeam ONE Web Services | TCP | 1239 | Veeam ONE web services, for the Analytics view

# Databases and External Services
Backup server | PostgreSQL configuration database | TCP | 5432 | configuration database
Backup server | Microsoft SQL Server hosting the Veeam Backup & Replication configuration database | TCP | 1433 | default instance of SQL Server with the configuration database; other configurations may need further ports
Backup server | SMTP server | TCP | 25 | SMTP
Backup server | SMTP server | TCP | 587 | SMTP with SSL enabled
Backup server | Gmail REST API (gmail.googleapis.com, accounts.google.com, gstatic.com) | TCP | 443 | Google mail; signing in needs accounts.google.com and gstatic.com
Backup server | Microsoft Graph REST API (graph.microsoft.com, login.microsoftonline.com) | TCP | 443 | Exchange Online organizations
Backup server, Veeam Infrastructure Appliance | NTP server | UDP | 123 | Linux-based backup servers deployed from the Veeam Software Appliance ISO and components deployed from the Veeam Infrastructure Appliance ISO: NTP time synchronization
Backup server, Veeam Infrastructure Appliance | NTS server | UDP | 123 | Linux-based backup servers deployed from the Veeam Software Appliance ISO and components deployed from the Veeam Infrastructure Appliance ISO: NTS time synchronization
Backup server, Veeam Infrastructure Appliance | NTS server | TCP | 4460 | Linux-based backup servers deployed from the Veeam Software Appliance ISO and components deployed from the Veeam Infrastructure Appliance ISO: NTS time synchronization
Any backup infrastructure component | DNS server | TCP, UDP | 53 | forward and reverse name resolution of all servers of the infrastructure and of the domain controllers
Backup server | Certificate Revocation Lists | TCP | 80, 443 | 80 or 443; revocation lists of the authority that issued each component's certificate; the addresses depend on that authority and stand in the certificate
Backup server | KMS server | TCP | 5696 | key management server
Backup server | Syslog server | TCP, UDP | 514 | syslog
Backup server | Syslog server | TCP | 6514 | syslog over TLS
Backup server, Veeam Infrastructure Appliance | Active Directory Domain Controllers | TCP | 636, 3268, 3269 | LDAP and LDAPS
Backup server, Veeam Infrastructure Appliance | Active Directory Domain Controllers | TCP, UDP | 389 | LDAP and LDAPS
Backup server, Veeam Infrastructure Appliance | Active Directory Domain Controllers | TCP, UDP | 445, 139 | SMB
Backup server, Veeam Infrastructure Appliance | Active Directory Domain Controllers | TCP, UDP | 88 | Kerberos authentication
Gateway server or backup proxy | Active Directory Domain Controllers | TCP | 389 | SMB (CIFS) repositories; LDAP and LDAPS
Gateway server or backup proxy | Active Directory Domain Controllers | TCP | 88 | SMB (CIFS) repositories; Kerberos authentication

# Veeam Infrastructure Appliances
Backup server | Veeam Infrastructure Appliance | TCP | 443 | synchronization of Veeam Updater settings to components deployed from the Veeam Infrastructure Appliance ISO
PC where web UI is open | Veeam Infrastructure Appliance | TCP | 10443 | Host Management console of components deployed from the Veeam Infrastructure Appliance ISO

# Backup Proxies
Backup server, Backup proxy, Microsoft Windows/Linux-based backup repository, Mount server | Backup proxy | TCP | 6162, 2500-3300 | Veeam Transport Service (Data Mover Service where the product is installed on Microsoft Windows); Linux proxy: another port can be set while the Linux server is added, if no transport or data mover component is on it yet; 2500-3300 only as failover where 6162 is unavailable
Backup server | Backup proxy (Microsoft Windows) | TCP | 445, 137, 139 | deployment of components; not needed where the Veeam Deployment Kit is installed; 137 and 139 only where SMB 1.0 is used
Backup server | Backup proxy (Microsoft Windows) | TCP | 6160 | installer service
Backup server | Backup proxy (Linux) | TCP | 22 | SSH control channel
Backup server | Backup proxy (Linux) | TCP | 6160 | installer service for Linux
On-premises backup repository, Gateway server (for on-premises backup repository in case of Veeam Data Cloud Vault) | Backup proxy (direct connection) | TCP | 6162, 2500-3300 | for Veeam Data Cloud Vault, object storage and external repositories; Veeam Transport Service (Data Mover Service where the product is installed on Microsoft Windows); 2500-3300 only as failover where 6162 is unavailable

# Gateway Servers
Backup server, Backup proxy | Gateway server | TCP | 6162, 2500-3300 | Veeam Transport Service (Data Mover Service where the product is installed on Microsoft Windows); Linux gateway server: another port can be set while the Linux server is added, if no transport or data mover component is on it yet; 2500-3300 only as failover where 6162 is unavailable
Backup server | Gateway server (Microsoft Windows) | TCP | 445, 137, 139 | deployment of components; not needed where the Veeam Deployment Kit is installed; 137 and 139 only where SMB 1.0 is used
Backup server | Gateway server (Microsoft Windows) | TCP | 6160 | installer service
Backup server | Gateway server (Linux) | TCP | 22 | SSH control channel
Backup server | Gateway server (Linux) | TCP | 6160 | installer service for Linux
Mount server running vPower NFS Service | Gateway server working with backup repository | TCP | 6162, 2500-3300 | Veeam Transport Service (Data Mover Service where the product is installed on Microsoft Windows) during Instant Recovery, SureBackup or Linux file-level recovery; 2500-3300 only as failover where 6162 is unavailable
On-premises backup repository, Gateway server (for on-premises backup repository in case of Veeam Data Cloud Vault) | Gateway server for Veeam Data Cloud Vault | TCP | 6162, 2500-3300 | for Veeam Data Cloud Vault, object storage and external repositories; Veeam Transport Service (Data Mover Service where the product is installed on Microsoft Windows); 2500-3300 only as failover where 6162 is unavailable

# Backup Repositories: Common Ports
Mount server running vPower NFS Service | Backup repository | TCP | 6162, 2500-3300 | Veeam Transport Service (Data Mover Service where the product is installed on Microsoft Windows) during Instant Recovery, SureBackup or Linux file-level recovery; 2500-3300 only as failover where 6162 is unavailable
Veeam Backup & Replication console, Backup proxy | Backup repository | TCP | 6162, 2500-3300 | Veeam Transport Service (Data Mover Service where the product is installed on Microsoft Windows); Linux repository: another port can be set while the Linux server is added, if no transport or data mover component is on it yet; 2500-3300 only as failover where 6162 is unavailable

# Backup Repositories: Microsoft Windows/Linux-Based Backup Repositories
Backup server | Backup repository | TCP | 6160 | installer service
Backup server | Backup repository (Microsoft Windows) | TCP | 445, 137, 139 | deployment of components; not needed where the Veeam Deployment Kit is installed; 137 and 139 only where SMB 1.0 is used
Backup server | Backup repository (Linux) | TCP | 22 | SSH control channel
Source backup repository | Target backup repository | TCP | 6162, 2500-3300 | Veeam Transport Service (Data Mover Service where the product is installed on Microsoft Windows); with WAN accelerators their own ports as well; 2500-3300 only as failover where 6162 is unavailable

# Backup Repositories: NFS Backup Repositories
Gateway server or backup proxy | NFS backup repository | TCP, UDP | 111, 2049 | standard NFS ports, 111 for the port mapper; also the data channel of a gateway server that is chosen in the repository's settings
Gateway server or backup proxy | NFS backup repository (NFS v3) | TCP, UDP | <mountd_port> | mountd, dynamic; can be fixed
Gateway server or backup proxy | NFS backup repository (NFS v3) | TCP, UDP | <statd_port> | statd, dynamic; can be fixed
Gateway server or backup proxy | NFS backup repository (NFS v3) | TCP, UDP | <lockd_port> | lockd, dynamic; can be fixed

# Backup Repositories: SMB Backup Repositories
Gateway server or backup proxy | SMB (CIFS) backup repository (Microsoft Windows) | TCP | 445 | data channel of a gateway server that is chosen in the repository's settings

# Backup Repositories: Dell Data Domain System
Backup server, Gateway server | Dell Data Domain | TCP | 111 | assigns the random port of mountd (NFS, DD Boost); mountd's port can be fixed
Backup server, Gateway server | Dell Data Domain | TCP | 2049 | main NFS port; can be changed on the system (nfs set server-port, SE mode)
Backup server, Gateway server | Dell Data Domain | TCP | 2052 | main NFS mountd port; can be changed on the system (nfs set mountd-port, SE mode)

# Backup Repositories: ExaGrid, Quantum DXi, Fujitsu ETERNUS CS800, Infinidat InfiniGuard
Backup server | Deduplicating appliance | TCP | 22 | command port and first installation of Veeam components
Backup server | Deduplicating appliance | TCP | 6160 | installer service: management and upgrade of components
Backup server | Deduplicating appliance | TCP | 6162, 2500-3300 | data mover service; 2500-3300 only as failover where 6162 is unavailable

# Backup Repositories: HPE StoreOnce
Backup server or gateway server | HPE StoreOnce | TCP | 9387 | command port
Backup server or gateway server | HPE StoreOnce | TCP | 9388 | data port

# Backup Repositories: Object Storage Repositories
Backup server | Smart Object Storage API (SOSAPI) compatible S3 object storage | TCP | 443 | auxiliary traffic of repositories that support SOSAPI
Backup proxy (direct connection)/Gateway server or backup server | S3 compatible object storage | TCP | <depends on device configuration> | the port depends on how the device is configured
Backup proxy (direct connection)/Gateway server or backup server | Microsoft Azure object storage (<storage-account>.blob.core.windows.net, <storage-account>.blob.storage.azure.net, <storage-account>.blob.core.chinacloudapi.cn, <storage-account>.blob.core.usgovcloudapi.net) | TCP | 443 | the name depends on the region: core.windows.net and blob.storage.azure.net Global, chinacloudapi.cn China, usgovcloudapi.net Government; the storage account takes the place of <storage-account>
Backup proxy (direct connection)/Gateway server or backup server | Microsoft Azure object storage | TCP | 80 | certificate check (CRL and OCSP); the addresses can change and stand in Microsoft's list and in the certificate

# Backup Repositories: Scale-Out Backup Repositories
Source extent | Target extent | TCP | 6162, 2500-3300 | Veeam Transport Service (Data Mover Service where the product is installed on Microsoft Windows); 2500-3300 only as failover where 6162 is unavailable
Target extent | Source extent | TCP | 6162, 2500-3300 | Veeam Transport Service (Data Mover Service where the product is installed on Microsoft Windows); 2500-3300 only as failover where 6162 is unavailable

# Mount Servers
Veeam Backup & Replication console | Mount server | TCP | 6162, 2500-3300 | remote console only, for guest OS file-level restore, and only if the mount server is not on the console; one port of the range for each TCP connection of a job; 2500-3300 only as failover where 6162 is unavailable
Backup server | Mount server | TCP | 445 | deployment of components; not needed where the Veeam Deployment Kit is installed
Backup server | Mount server | TCP | 6160 | installer service, including the compatibility check before a recovery
Backup server | Mount server | TCP | 6162, 2500-3300 | Veeam Transport Service (Data Mover Service where the product is installed on Microsoft Windows); 2500-3300 only as failover where 6162 is unavailable
Backup server | Mount server | TCP | 6170 | local or remote Mount Service
Backup server | Mount server running vPower NFS Service | TCP | 6160 | installer service
Backup server | Mount server running vPower NFS Service | TCP | 6161 | vPower NFS service
Backup repository or gateway server working with backup repository | Mount server running vPower NFS Service | TCP | 6162, 2500-3300 | Veeam Transport Service (Data Mover Service where the product is installed on Microsoft Windows) during Instant Recovery, SureBackup or Linux file-level recovery; 2500-3300 only as failover where 6162 is unavailable

# High Availability (HA) Cluster Components
Backup server (primary or standby) | PostgreSQL configuration database | TCP | 5432 | configuration database: from the primary server to its own and from the standby server to its own
Primary backup server with PostgreSQL configuration database | Standby backup server with PostgreSQL configuration database | TCP | 8008, 8500 | management of high availability clusters by the PostgreSQL service

# Unstructured Data Backup Components: Cache Repositories
Backup server, Backup proxy | Cache repository | TCP | 6162, 2500-3300 | Veeam Transport Service (Data Mover Service where the product is installed on Microsoft Windows); 2500-3300 only as failover where 6162 is unavailable
Backup server | Cache repository | TCP | 6160 | installer service
Backup server | Cache repository (Linux) | TCP | 22 | SSH control channel
Old cache repository | New cache repository | TCP | 2500-3300 | metadata migration while the cache repository is changed
New cache repository | Old cache repository | TCP | 2500-3300 | metadata migration while the cache repository is changed

# Unstructured Data Backup Components: Repositories
Cache repository | Primary or secondary backup repository | TCP | 6162, 2500-3300 | Veeam Transport Service (Data Mover Service where the product is installed on Microsoft Windows); 2500-3300 only as failover where 6162 is unavailable

# Unstructured Data Backup Components: Other Backup Infrastructure Components
Cache repository | Gateway server | TCP | 6162, 2500-3300 | Veeam Transport Service (Data Mover Service where the product is installed on Microsoft Windows); 2500-3300 only as failover where 6162 is unavailable

# Guest OS File Recovery Components: Backup Repositories
Mount server | Backup repository | TCP | 6162, 2500-3300 | Veeam Transport Service (Data Mover Service where the product is installed on Microsoft Windows); 2500-3300 only as failover where 6162 is unavailable

# Guest OS File Recovery Components: Veeam Update Servers
Mount server | Veeam Signature Update Server (avupdate.veeam.com) | TCP | 443 | malware signatures for Veeam Threat Hunter, over HTTPS
`,
});
