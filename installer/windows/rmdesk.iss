; The Windows installer, made by Inno Setup 6 from the one-folder build:  iscc installer\windows\rmdesk.iss
; For one user without an administrator; with /ALLUSERS for all. Silent, for bank IT:  rmdesk-setup.exe /VERYSILENT /NORESTART
#define Version "0.1.0"

[Setup]
AppId={{6E0A8F4C-5B0B-4B8E-9C63-2D7C1E0F5A11}
AppName=rmdesk
AppVersion={#Version}
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
MinVersion=10.0.17763

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
#if FileExists(AddBackslash(CompilerPath) + "Languages\ChineseSimplified.isl")
Name: "zh"; MessagesFile: "compiler:Languages\ChineseSimplified.isl"
#endif

[Files]
Source: "..\..\dist\rmdesk\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

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
