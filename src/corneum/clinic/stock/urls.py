"""Addresses of rooms, devices, prices and stock."""

from django.urls import path

from corneum.clinic.stock import views, views_clinic

app_name = "stock"
urlpatterns = [
    path("", views.lots, name="lots"),
    path("receive/", views.receive, name="receive"),
    path("items/new/", views.item_add, name="item_add"),
    path("items/<uuid:item_id>/", views.item, name="item"),
    path("lots/<uuid:lot_id>/", views.lot, name="lot"),
    path("lots/<uuid:lot_id>/take/", views.take, name="take"),
    path("lots/<uuid:lot_id>/count/", views.count, name="count"),
    path("lots/<uuid:lot_id>/block/", views.block, name="block"),
    path("lots/<uuid:lot_id>/release/", views.release, name="release"),
    path("rooms/", views_clinic.rooms, name="rooms"),
    path("rooms/new/", views_clinic.room_add, name="room_add"),
    path("rooms/<uuid:room_id>/", views_clinic.room, name="room"),
    path("devices/", views_clinic.devices, name="devices"),
    path("devices/new/", views_clinic.device_add, name="device_add"),
    path("devices/<uuid:device_id>/", views_clinic.device, name="device"),
    path("devices/<uuid:device_id>/checks/", views_clinic.check_add, name="check_add"),
    path("devices/<uuid:device_id>/checks/<uuid:check_id>/", views_clinic.check_correct, name="check_correct"),
    path("prices/", views_clinic.prices, name="prices"),
    path("prices/new/", views_clinic.price_add, name="price_add"),
    path("prices/<uuid:price_id>/", views_clinic.price, name="price"),
    path("example/", views_clinic.example, name="example"),
]
