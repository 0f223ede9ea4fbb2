; The Windows installer, made by Inno Setup 6 from the one-folder build:  iscc installer\windows\rmdesk.iss
; (6.3 or newer). For one user without an administrator; with /ALLUSERS for all. Silent, for bank IT:
;   rmdesk-setup.exe /VERYSILENT /SUPPRESSMSGBOXES /NORESTART /ALLUSERS /POLICY="C:\where\policy.toml" /LOG="C:\where\setup.log"
; An upgrade is the same command: an open desk is asked to close, and keeps what was typed. Removed, silently too, by
; unins000.exe of the program's folder; profiles lie in %LOCALAPPDATA%\rmdesk and are never touched.
; Signed with the bank's certificate:  iscc /DSigned "/Sbank=signtool sign /fd sha256 /n Bank $f" installer\windows\rmdesk.iss
#define Version "0.1.0"

[Setup]
AppId={{6E0A8F4C-5B0B-4B8E-9C63-2D7C1E0F5A11}
AppName=rmdesk
AppVersion={#Version}
VersionInfoVersion={#Version}
AppPublisher=rmdesk
DefaultDirName={autopf}\rmdesk
DefaultGroupName=rmdesk
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=commandline
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
OutputDir=..\..\dist
OutputBaseFilename=rmdesk-{#Version}-setup
SetupIconFile=..\..\build\icons\rmdesk.ico
UninstallDisplayIcon={app}\rmdesk.exe
Compression=lzma2/fast
SolidCompression=yes
CloseApplications=yes
ChangesAssociations=yes
UsePreviousPrivileges=yes
MinVersion=10.0.17763
#ifdef Signed
SignTool=bank
SignedUninstaller=yes
#endif

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
#if FileExists(AddBackslash(CompilerPath) + "Languages\ChineseSimplified.isl")
Name: "zh"; MessagesFile: "compiler:Languages\ChineseSimplified.isl"
#endif

[Files]
Source: "..\..\dist\rmdesk\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion
; What may be prescribed, and how; the file that counts is %ProgramData%\rmdesk\policy.toml, written by administrators alone.
Source: "..\linux\policy.toml"; DestDir: "{app}"; DestName: "policy-example.toml"; Flags: ignoreversion
Source: "..\..\docs\rollout.md"; DestDir: "{app}"; Flags: ignoreversion
Source: "{param:POLICY}"; DestDir: "{commonappdata}\rmdesk"; DestName: "policy.toml"; Flags: external ignoreversion uninsneveruninstall; Check: Prescribed

[Dirs]
; Made here it is the administrators', before anybody else can make it.
Name: "{commonappdata}\rmdesk"; Permissions: admins-full system-full users-readexec; Flags: uninsneveruninstall; Check: IsAdminInstallMode

[InstallDelete]
; What an older version carried and this one does not.
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{group}\rmdesk"; Filename: "{app}\rmdesk.exe"
Name: "{autodesktop}\rmdesk"; Filename: "{app}\rmdesk.exe"; Tasks: desktop

[Tasks]
Name: "desktop"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[Registry]
; Offered under "Open with": a bank's exports stay with the program that opens them today.
Root: HKA; Subkey: "Software\Classes\rmdesk.export"; ValueType: string; ValueData: "rmdesk"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\rmdesk.export\shell\open\command"; ValueType: string; ValueData: """{app}\rmdesk.exe"" open ""%1"""
Root: HKA; Subkey: "Software\Classes\.csv\OpenWithProgids"; ValueType: string; ValueName: "rmdesk.export"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\.tsv\OpenWithProgids"; ValueType: string; ValueName: "rmdesk.export"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\.xlsx\OpenWithProgids"; ValueType: string; ValueName: "rmdesk.export"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\.xls\OpenWithProgids"; ValueType: string; ValueName: "rmdesk.export"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\.ods\OpenWithProgids"; ValueType: string; ValueName: "rmdesk.export"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\.parquet\OpenWithProgids"; ValueType: string; ValueName: "rmdesk.export"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\.vcf\OpenWithProgids"; ValueType: string; ValueName: "rmdesk.export"; Flags: uninsdeletevalue

[Run]
Filename: "{app}\rmdesk.exe"; Description: "{cm:LaunchProgram,rmdesk}"; Flags: nowait postinstall skipifsilent

[Code]
// A policy comes along only where an administrator installs, and one that was named and is not there stops the roll-out.
function Prescribed: Boolean;
begin
  Result := IsAdminInstallMode and (ExpandConstant('{param:POLICY}') <> '');
end;

function InitializeSetup: Boolean;
var
  Policy: String;
begin
  Policy := ExpandConstant('{param:POLICY}');
  Result := (Policy = '') or (IsAdminInstallMode and FileExists(Policy));
  if not Result then
    Log('/POLICY needs /ALLUSERS and a file that is there: ' + Policy);
end;
