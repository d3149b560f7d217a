"""Opens each collection as a layer and reads all its features; the count is the API's."""

import sys

from qgis.core import Qgis, QgsApplication, QgsAuthMethodConfig, QgsFeatureRequest, QgsRectangle, QgsVectorLayer

url, token, *collections = sys.argv[1:]
QgsApplication.setPrefixPath("/usr", True)
application = QgsApplication([], False)
application.initQgis()
manager = QgsApplication.authManager()
manager.setMasterPassword("interop", True)
config = QgsAuthMethodConfig("Basic")
config.setName("lykta")
config.setConfigMap({"username": "gis", "password": token, "realm": ""})
manager.storeAuthenticationConfig(config)
print("== QGIS", Qgis.QGIS_VERSION)
failed = False
for collection in collections:
    name, expected = collection.split("=")
    source = f"url='{url}' typename='{name}' authcfg={config.id()} pagingEnabled='true' maxNumFeatures='100000' pageSize='100' restrictToRequestBBOX='0'"
    layer = QgsVectorLayer(source, name, "OAPIF")
    if not layer.isValid():
        print(name, "does not open:", layer.error().message())
        failed = True
        continue
    ids = [feature["id"] if "id" in layer.fields().names() else feature.id() for feature in layer.getFeatures()]
    box = layer.extent()
    middle = box.center()
    part = QgsRectangle(box.xMinimum(), box.yMinimum(), middle.x(), middle.y())
    boxed = sum(1 for _ in layer.getFeatures(QgsFeatureRequest().setFilterRect(part)))
    print(f"{name:12} API {expected:>6}, QGIS {len(ids)} {len(set(ids))}, {layer.crs().authid()}, {boxed} in the lower left quarter")
    failed |= len(ids) != int(expected) or len(set(ids)) != int(expected)
del layer
application.exitQgis()
sys.exit(failed)
