import { usedPorts } from "../../port-page";

export const page = usedPorts({
  build: "13.0.1.1071",
  pageDate: "2026-02-12",
  source: "https://helpcenter.veeam.com/docs/vbr/userguide/used_ports.html",
  rows: `
# All Backup Infrastructure Components
Any backup infrastructure component | DNS server | TCP, UDP | 53 | forward and reverse name resolution of all servers of the infrastructure and of the domain controllers

# Backup Server: Incoming Connections
Management client PC (remote access) | Backup server | TCP | 22 | SSH to a Linux-based backup server
Management client PC (remote access) | Backup server | TCP | 443 | web UI
Management client PC (remote access) | Backup server | TCP | 10443 | Host Management console of a Linux-based backup server
Management client PC (remote access) | Backup server | TCP | 3389 | Remote Desktop to a Windows-based backup server; other remote access software may need other ports
Remote Veeam Backup & Replication console | Backup server | TCP | 443 | communication with the backup server
Backup proxy | Backup server | TCP | 2500-3300 | transfer of the ransomware index
Backup repository (Linux) | Backup server | TCP | 6162 | Veeam Transport Service (Data Mover Service where the product is installed on Microsoft Windows)
Backup repository (Linux) | Backup server | TCP | 2500-3300 | data channels of copy operations whose target repository is the backup server, and of file copies between the Linux repository and the backup server; one port of the range for each TCP connection of a job
Backup repository (Microsoft Windows) | Backup server | TCP | 6162 | Veeam Transport Service (Data Mover Service where the product is installed on Microsoft Windows)
Mount server | Backup server | TCP | 9401 | Veeam Backup Service; also for Copy to and Mount to console in Windows file-level recovery
Mount server | Backup server | TCP | 6162 | Veeam Transport Service (Data Mover Service where the product is installed on Microsoft Windows)
Mount server | Backup server | TCP | 443 | communication with the backup server
REST client | Backup server | TCP | 9419 | REST API service

# Backup Server: Outgoing Connections
Backup server | PostgreSQL configuration database | TCP | 5432 | configuration database; also for high availability clusters
Primary backup server with PostgreSQL configuration database | Standby backup server with PostgreSQL configuration database | TCP | 8008 | management of high availability clusters by the PostgreSQL service
Primary backup server with PostgreSQL configuration database | Standby backup server with PostgreSQL configuration database | TCP | 8500 | management of high availability clusters by the PostgreSQL service
Backup server | Microsoft SQL Server hosting the Veeam Backup & Replication configuration database | TCP | 1433 | default instance of SQL Server with the configuration database; other configurations may need further ports
Backup server | SMTP server | TCP | 25 | SMTP
Backup server | SMTP server | TCP | 587 | SMTP with SSL enabled
Backup server | Gmail REST API (gmail.googleapis.com, accounts.google.com, gstatic.com) | TCP | 443 | Google mail; signing in needs accounts.google.com and gstatic.com
Backup server | Microsoft Graph REST API (graph.microsoft.com, login.microsoftonline.com) | TCP | 443 | Exchange Online organizations
Backup server | Veeam Update Repository (repository.veeam.com) | TCP | 443 | backup servers deployed from the Veeam Software Appliance ISO: product, operating system and security updates
Backup server | Veeam Update Repository (local mirror) (<localmirrorrepository.domain>) | TCP | 443, 80 | 443 or 80; backup servers deployed from the Veeam Software Appliance ISO: own mirror of the update repository, whose address takes the place of the name
Backup server | Veeam License Update Server (vbr.butler.veeam.com, autolk.veeam.com) | TCP | 443 | automatic licence update over HTTPS; Veeam Threat Hunter and Veeam Data Cloud Vault need it too
Backup server | Veeam License Update Server (*.ss2.us, *.amazontrust.com) | TCP | 80 | certificate check when the licence server is contacted; Veeam Threat Hunter needs it too; the CRL and OCSP addresses can change and stand in the certificate
Backup server | Certificate Revocation Lists | TCP | 80, 443 | 80 or 443; revocation lists of the authority that issued each component's certificate; the addresses depend on that authority and stand in the certificate
Backup server | DNS server | TCP, UDP | 53 | forward and reverse name resolution of all servers of the infrastructure and of the domain controllers
Backup server | KMS server | TCP | 5696 | key management server
Backup server | Syslog server | TCP, UDP | 514 | syslog
Backup server | Syslog server | TLS | 6514 | syslog over TLS; TLS is what the page prints as the protocol (TCP since 2026-03-17)
Backup server | Veeam ONE Server | TCP | 2741 | Veeam ONE's internal web API, for the Analytics view
Backup server | Veeam ONE Server | TCP | 2805 | data collection by Veeam ONE: analytics service to monitoring service
Backup server | Veeam ONE Web Services | TCP | 1239 | Veeam ONE web services, for the Analytics view
Backup server | Veeam Update Notification Server (dev.veeam.com, vbrad.butler.veeam.com, vbrce.butler.veeam.com) | TCP | 443 | information about available updates, over HTTPS
Backup server | NTP server | UDP | 123 | backup servers deployed from the Veeam Software Appliance ISO: NTP time synchronization
Backup server | NTS server | UDP | 123 | backup servers deployed from the Veeam Software Appliance ISO: NTS time synchronization
Backup server | NTS server | TCP | 4460 | backup servers deployed from the Veeam Software Appliance ISO: NTS time synchronization
Backup server | Active Directory Domain Controllers | TCP | 636, 3268, 3269 | LDAP and LDAPS
Backup server | Active Directory Domain Controllers | TCP, UDP | 389 | LDAP and LDAPS
Backup server | Active Directory Domain Controllers | TCP, UDP | 445, 139 | SMB
Backup server | Active Directory Domain Controllers | TCP, UDP | 88 | Kerberos authentication

# Backup & Replication Console
Veeam Backup & Replication console | Mount server | TCP | 6162, 2500-3300 | remote console only, for guest OS file-level restore, and only if the mount server is not on the console; one port of the range for each TCP connection of a job; 2500-3300 is optional, as failover where 6162 is unavailable
Veeam Backup & Replication console | Backup repository | TCP | 6162 | Veeam Transport Service (Data Mover Service where the product is installed on Microsoft Windows)
Veeam Backup & Replication console | Veeam AI Assistant (rest-ai.veeam.com) | TCP | 443 | AI assistant
Veeam Backup & Replication console | Backup server | TCP | 9420 | only for console 12.3.2 P1 (build 12.3.2.4165): automatic update of the console

# Veeam Infrastructure Appliance
Veeam Infrastructure Appliance | Veeam Update Repository (repository.veeam.com) | TCP | 443 | components deployed from the Veeam Infrastructure Appliance ISO: product, operating system and security updates
Veeam Infrastructure Appliance | Veeam Update Repository (local mirror) (<localmirrorrepository.domain>) | TCP | 443, 80 | 443 or 80; components deployed from the Veeam Infrastructure Appliance ISO: own mirror of the update repository, whose address takes the place of the name
Veeam Infrastructure Appliance | Backup server | TCP | 443 | components deployed from the Veeam Infrastructure Appliance ISO: authentication of connections that come from Veeam Backup & Replication
Veeam Infrastructure Appliance | NTP server | UDP | 123 | components deployed from the Veeam Infrastructure Appliance ISO: NTP time synchronization
Veeam Infrastructure Appliance | NTS server | UDP | 123 | components deployed from the Veeam Infrastructure Appliance ISO: NTS time synchronization
Veeam Infrastructure Appliance | NTS server | TCP | 4460 | components deployed from the Veeam Infrastructure Appliance ISO: NTS time synchronization
Veeam Infrastructure Appliance | DNS server | UDP | 53 | forward and reverse name resolution of all servers of the infrastructure and of the domain controllers
Veeam Infrastructure Appliance | Active Directory Domain Controllers | TCP | 636, 3268, 3269 | LDAP and LDAPS
Veeam Infrastructure Appliance | Active Directory Domain Controllers | TCP, UDP | 389 | LDAP and LDAPS
Veeam Infrastructure Appliance | Active Directory Domain Controllers | TCP, UDP | 445, 139 | SMB
Veeam Infrastructure Appliance | Active Directory Domain Controllers | TCP, UDP | 88 | Kerberos authentication
Backup server | Veeam Infrastructure Appliance | TCP | 443 | synchronization of Veeam Updater settings to components deployed from the Veeam Infrastructure Appliance ISO
Management client PC (remote access) | Veeam Infrastructure Appliance | TCP | 10443 | Host Management console of components deployed from the Veeam Infrastructure Appliance ISO

# Backup Proxy
Backup server | Backup proxy (Microsoft Windows) | TCP | 445, 135, 137, 139 | deployment of components; not needed where the Veeam Deployment Kit is installed; 137 and 139 only where SMB 1.0 is used
Backup server | Backup proxy (Microsoft Windows) | TCP | 6160 | installer service
Backup server | Backup proxy (Microsoft Windows) | TCP | 6162 | Veeam Transport Service (Data Mover Service where the product is installed on Microsoft Windows)
Backup server | Backup proxy (Linux) | TCP | 22 | SSH control channel
Backup server | Backup proxy (Linux) | TCP | 6160 | installer service for Linux
Backup server | Backup proxy (Linux) | TCP | 6162 | Veeam Transport Service (Data Mover Service where the product is installed on Microsoft Windows); another port can be set while the Linux server is added, if no transport or data mover component is on it yet
Backup server | Backup proxy | TCP | 2500-3300 | data channels and log collection; one port of the range for each TCP connection of a job
Backup proxy | Gateway server | TCP | 2500-3300 | data channels; one port of the range for each TCP connection of a job
Backup proxy | Backup proxy | TCP | 2500-3300 | data channels of replication jobs; one port of the range for each TCP connection of a job
Backup proxy | Backup repository | TCP | 6162 | Veeam Transport Service (Data Mover Service where the product is installed on Microsoft Windows)

# Gateway Server
Backup server | Gateway server (Microsoft Windows) | TCP | 445, 135, 137, 139 | deployment of components; not needed where the Veeam Deployment Kit is installed; 137 and 139 only where SMB 1.0 is used
Backup server | Gateway server (Microsoft Windows) | TCP | 6160 | installer service
Backup server | Gateway server (Microsoft Windows) | TCP | 6162 | Veeam Transport Service (Data Mover Service where the product is installed on Microsoft Windows)
Backup server | Gateway server (Linux) | TCP | 22 | SSH control channel
Backup server | Gateway server (Linux) | TCP | 6160 | installer service for Linux
Backup server | Gateway server (Linux) | TCP | 6162 | Veeam Transport Service (Data Mover Service where the product is installed on Microsoft Windows); another port can be set while the Linux server is added, if no transport or data mover component is on it yet
Backup proxy | Gateway server | TCP | 6162 | Veeam Transport Service (Data Mover Service where the product is installed on Microsoft Windows)

# Backup Repositories: Microsoft Windows/Linux-Based Backup Repository
Backup server | Backup repository (Microsoft Windows) | TCP | 445, 135, 137, 139 | deployment of components; not needed where the Veeam Deployment Kit is installed; 137 and 139 only where SMB 1.0 is used
Backup server | Backup repository (Microsoft Windows) | TCP | 6160 | installer service
Backup server | Backup repository (Microsoft Windows) | TCP | 6162 | Veeam Transport Service (Data Mover Service where the product is installed on Microsoft Windows)
Backup server | Backup repository (Linux) | TCP | 22 | SSH control channel
Backup server | Backup repository (Linux) | TCP | 6160 | installer service for Linux
Backup server | Backup repository (Linux) | TCP | 6162 | Veeam Transport Service (Data Mover Service where the product is installed on Microsoft Windows); another port can be set while the Linux server is added, if no transport or data mover component is on it yet
Backup server | Backup repository (Linux) | TCP | 2500-3300 | data channels and log collection; one port of the range for each TCP connection of a job
Backup proxy | Backup repository | TCP | 2500-3300 | data channels; one port of the range for each TCP connection of a job
Source backup repository | Target backup repository | TCP | 2500-3300 | data channels of backup copy jobs and copy operations; one port of the range for each TCP connection of a job; with WAN accelerators their own ports as well
Source backup repository | Target backup repository | TCP | 6162 | Veeam Transport Service (Data Mover Service where the product is installed on Microsoft Windows)

# Backup Repositories: NFS Backup Repository
Gateway server or backup proxy | NFS backup repository | TCP, UDP | 111, 2049 | standard NFS ports, 111 for the port mapper; also the data channel of a gateway server that is chosen in the repository's settings
Gateway server or backup proxy | NFS backup repository | TCP, UDP | <mountd_port> | mountd, dynamic; can be fixed
Gateway server or backup proxy | NFS backup repository | TCP, UDP | <statd_port> | statd, dynamic; can be fixed
Gateway server or backup proxy | NFS backup repository | TCP, UDP | <lockd_port> | lockd, dynamic; can be fixed

# Backup Repositories: SMB Backup Repository
Gateway server or backup proxy | SMB (CIFS) backup repository (Microsoft Windows) | TCP | 445 | data channel of a gateway server that is chosen in the repository's settings
Gateway server or backup proxy | Active Directory Domain Controllers | TCP | 389 | LDAP and LDAPS
Gateway server or backup proxy | Active Directory Domain Controllers | TCP | 88 | Kerberos authentication

# Backup Repositories: Dell Data Domain System
Backup server or gateway server | Dell Data Domain | TCP | 111 | assigns the random port of mountd (NFS, DD Boost); mountd's port can be fixed
Backup server or gateway server | Dell Data Domain | TCP | 2049 | main NFS port; can be changed on the system (nfs set server-port, SE mode)
Backup server or gateway server | Dell Data Domain | TCP | 2052 | main NFS mountd port; can be changed on the system (nfs set mountd-port, SE mode)

# Backup Repositories: ExaGrid
Backup server | ExaGrid | TCP | 22 | command port and first installation of Veeam components
Backup server | ExaGrid | TCP | 6160 | installer service: management and upgrade of components
Backup server | ExaGrid | TCP | 6162, 2500-3300 | data mover service; 2500-3300 is optional, as failover where 6162 is unavailable
Backup proxy | ExaGrid | TCP | 6162, 2500-3300 | data mover service; 2500-3300 is optional, as failover where 6162 is unavailable

# Backup Repositories: HPE StoreOnce
Backup server or gateway server | HPE StoreOnce | TCP | 9387 | command port
Backup server or gateway server | HPE StoreOnce | TCP | 9388 | data port

# Backup Repositories: Quantum DXi
Backup server | Quantum DXi | TCP | 22 | command port and first installation of Veeam components
Backup server | Quantum DXi | TCP | 6160 | installer service: management and upgrade of components
Backup server | Quantum DXi | TCP | 6162, 2500-3300 | data mover service; 2500-3300 is optional, as failover where 6162 is unavailable
Backup proxy | Quantum DXi | TCP | 6162, 2500-3300 | data mover service; 2500-3300 is optional, as failover where 6162 is unavailable

# Backup Repositories: Fujitsu ETERNUS CS800
Backup server | Fujitsu ETERNUS CS800 | TCP | 22 | command port and first installation of Veeam components
Backup server | Fujitsu ETERNUS CS800 | TCP | 6160 | installer service: management and upgrade of components
Backup server | Fujitsu ETERNUS CS800 | TCP | 6162, 2500-3300 | data mover service; 2500-3300 is optional, as failover where 6162 is unavailable
Backup proxy | Fujitsu ETERNUS CS800 | TCP | 6162, 2500-3300 | data mover service; 2500-3300 is optional, as failover where 6162 is unavailable

# Backup Repositories: Infinidat InfiniGuard
Backup server | Infinidat InfiniGuard | TCP | 22 | command port and first installation of Veeam components
Backup server | Infinidat InfiniGuard | TCP | 6160 | installer service: management and upgrade of components
Backup server | Infinidat InfiniGuard | TCP | 6162, 2500-3300 | data mover service; 2500-3300 is optional, as failover where 6162 is unavailable
Backup proxy | Infinidat InfiniGuard | TCP | 6162, 2500-3300 | data mover service; 2500-3300 is optional, as failover where 6162 is unavailable

# Backup Repositories: Object Storage Repository
Gateway server | Backup proxy (direct connection)/Gateway server or backup server | TCP | 2500-3300 | data channels; one port of the range for each TCP connection of a job
Backup server | Smart Object Storage API (SOSAPI) compatible S3 object storage | TCP | 443 | auxiliary traffic of repositories that support SOSAPI
Backup proxy (direct connection)/Gateway server or backup server | Microsoft Azure object storage (<storage-account>.blob.core.windows.net, <storage-account>.blob.storage.azure.net, <storage-account>.blob.core.chinacloudapi.cn, <storage-account>.blob.core.usgovcloudapi.net) | TCP | 443 | the name depends on the region: core.windows.net and blob.storage.azure.net Global, chinacloudapi.cn China, usgovcloudapi.net Government; the storage account takes the place of <storage-account>
Backup proxy (direct connection)/Gateway server or backup server | Microsoft Azure object storage | TCP | 80 | certificate check (CRL and OCSP); the addresses can change and stand in Microsoft's list and in the certificate
Backup proxy (direct connection)/Gateway server or backup server | S3 compatible object storage | TCP | <depends on device configuration> | the port depends on how the device is configured

# Backup Repositories: Scale-Out Backup Repository
Source extent | Target extent | TCP | 2500-3300 | evacuation and rebalancing of the scale-out repository
Source extent | Target extent | TCP | 6162 | Veeam Transport Service (Data Mover Service where the product is installed on Microsoft Windows)
Target extent | Source extent | TCP | 2500-3300 | evacuation and rebalancing of the scale-out repository
Target extent | Source extent | TCP | 6162 | Veeam Transport Service (Data Mover Service where the product is installed on Microsoft Windows)

# Unstructured Data Backup Components: Cache Repository Connections
Backup proxy | Cache repository | TCP | 2500-3300 | data channels; one port of the range for each TCP connection of a job
Backup server | Cache repository | TCP | 6160 | installer service
Backup server | Cache repository | TCP | 6162 | Veeam Transport Service
Backup server | Old cache repository, new cache repository | TCP | 2500-3300 | metadata migration while the cache repository is changed
Cache repository | Gateway server | TCP | 2500-3300 | data channels; one port of the range for each TCP connection of a job
Cache repository | Primary or secondary backup repository | TCP | 2500-3300 | data channels of file share restore jobs; one port of the range for each TCP connection of a job

# Guest OS File Recovery: Mount Server Connections
Mount server | Backup server | TCP | 443 | communication with the backup server
Mount server | Backup server | TCP | 6162 | Veeam Transport Service (Data Mover Service where the product is installed on Microsoft Windows)
Mount server | Backup repository | TCP | 6162, 2500-3300 | communication with the repository; 2500-3300 is optional, as failover where 6162 is unavailable
Mount server | Veeam Signature Update Server (avupdate.veeam.com) | TCP | 443 | malware signatures for Veeam Threat Hunter, over HTTPS
Backup server | Mount server | TCP | 445 | deployment of components; not needed where the Veeam Deployment Kit is installed
Backup server | Mount server | TCP | 2500-3300 | communication with the mount server and log collection
Backup server | Mount server | TCP | 6160 | installer service, including the compatibility check before a recovery
Backup server | Mount server | TCP | 6162 | Veeam Transport Service (Data Mover Service where the product is installed on Microsoft Windows)
Backup server | Mount server | TCP | 6170 | local or remote Mount Service

# Recovery Components: Veeam vPower NFS Service
Backup server | Mount server running vPower NFS Service | TCP | 6160 | installer service
Backup server | Mount server running vPower NFS Service | TCP | 6161 | vPower NFS service
Backup repository or gateway server working with backup repository | Mount server running vPower NFS Service | TCP | 2500-3300 | data channels of Instant Recovery, SureBackup or Linux file-level recovery; one port of the range for each TCP connection of a job
Mount server running vPower NFS Service | Backup repository or gateway server working with backup repository | TCP | 2500-3300 | data channels of Instant Recovery, SureBackup or Linux file-level recovery; one port of the range for each TCP connection of a job
`,
});
